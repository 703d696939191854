/** What a reader of the figures must know of how they came about. */
export function RunNotes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <ul className="banner tone-warn" aria-label="Notes">
      {notes.map((note) => (
        <li key={note} className="grow">
          {note}
        </li>
      ))}
    </ul>
  )
}
