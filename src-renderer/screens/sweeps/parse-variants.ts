type Parsed = { value: string } | { problem: string }

/** A threshold, or several to choose from, each from 0.5 to below 1: "0.55" or "0.55,0.60,0.65". */
export function parseThresholds(text: string): Parsed {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const bad = parts.find((part) => !(Number(part) >= 0.5 && Number(part) < 1))
  if (bad !== undefined) return { problem: `${bad} is not between 0.5 and 1` }
  if (parts.length === 0) return { problem: 'Type a threshold such as 0.55' }
  return { value: parts.map((part) => (part.length < 4 ? Number(part).toFixed(2) : part)).join(',') }
}

/** A share of rows in percent: "15" or "15%". */
export function parseShare(text: string): Parsed {
  const percent = Number(text.replace('%', '').trim())
  if (!(percent > 0 && percent <= 100)) return { problem: `${text.trim()} is not between 0 and 100 percent` }
  return { value: `${Number(percent.toFixed(4))}%` }
}

/** "15%" as the fraction that the API speaks. */
export const shareOf = (percent: string): number =>
  Number((Number(percent.replace('%', '')) / 100).toFixed(6))
