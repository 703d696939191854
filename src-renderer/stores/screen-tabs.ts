/** A part of a screen that has a link of its own (`tab=`). */
export interface ScreenTab {
  id: string
  title: string
  /** Other words by which the palette finds it. */
  words?: string
}
