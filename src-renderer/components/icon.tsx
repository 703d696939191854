const paths = {
  home: 'M2.5 7.5 8 3l5.5 4.5V13h-4V9.5h-3V13h-4z',
  matrix: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.2 3v10M9.8 3v10',
  sweeps: 'M2.5 4h11M2.5 8h11M2.5 12h11M5 2.6v2.8M11 6.6v2.8M7 10.6v2.8',
  leaderboard: 'M3 13V8.5M8 13V3M13 13V6',
  run: 'M2.5 11.5 6 7.5l2.5 2.3L13.5 4M10.5 4h3v3',
  train: 'M8 2.5 13.5 5.5v5L8 13.5 2.5 10.5v-5zM8 8v5.3M8 8l5.2-2.6M8 8 2.8 5.4',
  models: 'M8 2.5 14 5.5 8 8.5 2 5.5zM2 8.2l6 3 6-3M2 10.8l6 3 6-3',
  signals:
    'M8 8.2v5.3M5.2 10.4a3.9 3.9 0 0 1 0-5.4M10.8 5a3.9 3.9 0 0 1 0 5.4M3 12.6a7 7 0 0 1 0-9.7M13 2.9a7 7 0 0 1 0 9.7',
  options: 'M2 10.5h4.5L13.5 3.5M2 13.5h12M6.5 8.8v3.4',
  compare: 'M2.5 10.5 5.5 6l3 3 5-5.5M2.5 13.2l4-2.4 3 1.4 4-3.4',
  data: 'M3 4.2c0-1.2 10-1.2 10 0s-10 1.2-10 0M3 4.2v7.6c0 1.2 10 1.2 10 0V4.2M3 8c0 1.2 10 1.2 10 0',
  cards: 'M4 2.5h6l2.5 2.5v8.5H4zM10 2.5V5h2.5M6 8h4.5M6 10.5h4.5',
  admin: 'M8 1.8 13 3.6v4c0 3.2-2.2 5.4-5 6.6-2.8-1.2-5-3.4-5-6.6v-4zM5.8 8l1.6 1.6L10.4 6.4',
  settings:
    'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4M10.2 10.2l3.3 3.3',
  cart: 'M2.2 3h2l1.4 7.2h6.6l1.4-5.2H5M6.4 13.2h.1M11.4 13.2h.1',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  help: 'M6 6a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M8 11.6h.1M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  check: 'M3.5 8.4 6.6 11.5 12.5 4.8',
  plus: 'M8 3.5v9M3.5 8h9',
  download: 'M8 2.5v7.5M5 7.2 8 10.2l3-3M3 13h10',
} as const

export type IconName = keyof typeof paths

/** A line icon; decoration only, the control that holds it carries the name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
