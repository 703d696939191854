import { Badge } from '#renderer/components/badge.tsx'
import { formatTime } from '#renderer/components/display-time.ts'
import { formatPlural } from '#renderer/components/format.ts'
import { Sha } from '#renderer/components/sha.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { type LineageGraph, type LineageKind, type LineageNode, lineageKinds } from './build-lineage.ts'

const titles: Record<LineageKind, string> = {
  data: 'Data',
  matrix: 'Matrix',
  run: 'Sweeps and runs',
  artifact: 'Trained models',
  signals: 'Signals',
}
const shaNames: Record<LineageKind, string> = {
  data: 'content sha',
  matrix: 'matrix sha',
  run: 'matrix sha',
  artifact: 'matrix sha',
  signals: 'matrix sha',
}

/** Pixels: the height of a node, and from the top of one to the top of the next. */
const NODE = 80
const STEP = 90

/** Five columns from data to signals, and what was made of what. */
export function LineageView({ graph }: { graph: LineageGraph }) {
  const tallest = Math.max(1, ...lineageKinds.map((kind) => graph.columns[kind].length))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Lineage" tabIndex={0} data-testid="lineage">
      <div className="lineage">
        {lineageKinds.map((kind) => (
          <h3 key={kind}>{titles[kind]}</h3>
        ))}
        <Edges graph={graph} height={tallest * STEP} />
        {lineageKinds.map((kind, column) => (
          <ul key={kind} aria-label={titles[kind]} style={{ gridColumn: column + 1, height: tallest * STEP }}>
            {graph.columns[kind].map((node) => (
              <NodeBox key={node.id} node={node} />
            ))}
            {graph.columns[kind].length === 0 && <li className="lineage-none muted">none yet</li>}
          </ul>
        ))}
        {lineageKinds.map((kind, column) => (
          <p key={kind} className="muted" style={{ gridColumn: column + 1 }}>
            {graph.hidden[kind] > 0 && `and ${formatPlural(graph.hidden[kind], 'older one')}`}
          </p>
        ))}
      </div>
    </section>
  )
}

function NodeBox({ node }: { node: LineageNode }) {
  const linkTo = useLinkTo()
  const time = node.at === null ? '' : formatTime(node.at)
  const note = [node.note, time].filter((part) => part !== '').join(' · ')
  return (
    <li className={node.isStale ? 'lineage-node stale' : 'lineage-node'} style={{ height: NODE }}>
      <span className="row between" style={{ flexWrap: 'nowrap' }}>
        {node.target === null ? (
          <strong title={node.title}>{node.title}</strong>
        ) : (
          <a title={node.title} href={linkTo(node.target.screen, node.target.params)}>
            {node.title}
          </a>
        )}
        {node.isStale && (
          <Badge tone="warn" title="Rests on a matrix that is no longer the newest of this model">
            stale
          </Badge>
        )}
      </span>
      <Sha label={`${shaNames[node.kind]} of ${node.title}`} sha={node.sha} />
      <span className="muted note" title={note}>
        {node.note}
        {node.note !== '' && time !== '' && ' · '}
        <span className="nowrap">{time}</span>
      </span>
    </li>
  )
}

/** Curves between the columns: the nodes have one height, so their places follow from their order. */
function Edges({ graph, height }: { graph: LineageGraph; height: number }) {
  const place = new Map<string, { column: number; y: number }>()
  lineageKinds.forEach((kind, column) => {
    graph.columns[kind].forEach(({ id }, row) => {
      place.set(id, { column, y: row * STEP + NODE / 2 })
    })
  })
  // A column is 100 units wide, 88 of them the node.
  const paths = graph.edges.flatMap(({ from, to }) => {
    const a = place.get(from)
    const b = place.get(to)
    if (a === undefined || b === undefined) return []
    const x1 = a.column * 100 + 94
    const x2 = b.column * 100 + 6
    const middle = (x1 + x2) / 2
    return [{ id: `${from}>${to}`, d: `M${x1} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${x2} ${b.y}` }]
  })
  return (
    <svg
      viewBox={`0 0 500 ${height}`}
      preserveAspectRatio="none"
      style={{ height }}
      className="lineage-edges"
      aria-hidden="true"
    >
      {paths.map(({ id, d }) => (
        <path key={id} d={d} fill="none" vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  )
}
