import type { ParallelLayout } from './parallel-layout.ts'

interface LineStyle {
  color: string
  alpha: number
  width: number
}

/** Draws the line of each row through its place on every axis. */
export function drawLines(
  canvas: HTMLCanvasElement,
  layout: ParallelLayout,
  rows: readonly number[],
  styleOf: (row: number) => LineStyle,
): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.lineJoin = 'round'
  for (const row of rows) {
    const { color, alpha, width } = styleOf(row)
    context.strokeStyle = color
    context.globalAlpha = alpha
    context.lineWidth = width
    context.beginPath()
    for (const [i, scale] of layout.scales.entries()) context.lineTo(layout.x[i]!, scale.yOf(row))
    context.stroke()
  }
  context.globalAlpha = 1
}

/** Empties a canvas and makes it as sharp as the screen is. */
export function clearCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0)
}

/** A colour between two of the form #rrggbb, `share` of the way. */
export function mixColors(from: string, to: string, share: number): string {
  const part = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
