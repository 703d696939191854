interface PackFilterProps {
  packs: readonly string[]
  /** Empty for all. */
  pack: string
  onChange: (pack: string) => void
}

/** Narrows a list to one pack. */
export function PackFilter({ packs, pack, onChange }: PackFilterProps) {
  return (
    <select
      className="input small"
      aria-label="Pack"
      value={pack}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">All packs</option>
      {packs.map((id) => (
        <option key={id}>{id}</option>
      ))}
    </select>
  )
}
