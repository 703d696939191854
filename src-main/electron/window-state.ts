export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

export interface WindowState {
  /** Of the window when it is not maximised. */
  bounds: Rectangle
  isMaximized: boolean
}

export const smallest = { width: 1024, height: 700 } as const
const usual = { width: 1440, height: 900 } as const
/** As much of the title bar must be in sight for a hand to reach it. */
const grip = { width: 160, height: 24 } as const

/** Where the window opens: where it was, as long as that is on a display that is still there; else centred on the main one. */
export function mendWindowState(
  saved: unknown,
  displays: readonly Rectangle[],
  main: Rectangle,
): WindowState {
  const { bounds, isMaximized } = (saved ?? {}) as { bounds?: unknown; isMaximized?: unknown }
  const isKnown = isRectangle(bounds)
  const size = sizeWithin(isKnown ? bounds : usual, main)
  if (!isKnown || !displays.some((display) => isReachable(bounds, display))) {
    return { bounds: centre(size, main), isMaximized: isMaximized === true }
  }
  const own = displays.find((display) => isReachable(bounds, display)) ?? main
  return {
    bounds: { ...sizeWithin(bounds, own), x: bounds.x, y: bounds.y },
    isMaximized: isMaximized === true,
  }
}

function isReachable({ x, y, width }: Rectangle, display: Rectangle): boolean {
  const across = Math.min(x + width, display.x + display.width) - Math.max(x, display.x)
  const isBelowTop = y >= display.y && y + grip.height <= display.y + display.height
  return across >= grip.width && isBelowTop
}

/** No larger than the display and no smaller than the page can be used, even where the display is. */
function sizeWithin({ width, height }: Pick<Rectangle, 'width' | 'height'>, display: Rectangle) {
  return {
    width: Math.max(smallest.width, Math.min(width, display.width)),
    height: Math.max(smallest.height, Math.min(height, display.height)),
  }
}

function centre({ width, height }: Pick<Rectangle, 'width' | 'height'>, display: Rectangle): Rectangle {
  return {
    x: display.x + Math.max(0, Math.round((display.width - width) / 2)),
    y: display.y + Math.max(0, Math.round((display.height - height) / 2)),
    width,
    height,
  }
}

function isRectangle(value: unknown): value is Rectangle {
  const { x, y, width, height } = (value ?? {}) as Partial<Record<keyof Rectangle, unknown>>
  return [x, y, width, height].every((each) => Number.isSafeInteger(each))
}
