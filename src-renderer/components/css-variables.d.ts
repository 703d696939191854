import 'react'

declare module 'react' {
  // Layout classes take their measures from custom properties.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined
  }
}
