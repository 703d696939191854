import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  small?: boolean
  iconOnly?: boolean
}

/** Every push button of the window. */
export function Button({ look = 'plain', small, iconOnly, className, ...rest }: ButtonProps) {
  const classes = ['button', look, small && 'small', iconOnly && 'icon', className].filter(Boolean).join(' ')
  return <button type="button" className={classes} {...rest} />
}
