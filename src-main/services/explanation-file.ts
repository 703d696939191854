import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import type { Explanation } from '#shared/jobs/explain-types.ts'
import type { Forest } from '#shared/jobs/scoring-types.ts'

/** What a file holds beside the explanation: the artifact that it belongs to. */
interface Stored {
  artifact_sha: string
  explanation: Explanation
}

type Artifact = { uri: string; content_sha: string }

const arrays = {
  Float64Array: (values: (number | null)[]) =>
    Float64Array.from(values, (x) => x ?? Number.POSITIVE_INFINITY),
  Int32Array: (values: (number | null)[]) => Int32Array.from(values as number[]),
  Uint8Array: (values: (number | null)[]) => Uint8Array.from(values as number[]),
}

const uriOf = (artifactUri: string): string => artifactUri.replace(/\.onnx$/, '.explain.json.gz')

/** Writes what contributions are computed from beside an artifact, with the sha of the artifact in it. */
export async function writeExplanation(
  root: string,
  artifact: Artifact,
  explanation: Explanation,
): Promise<void> {
  const slim =
    'forest' in explanation ? { ...explanation, forest: withoutGain(explanation.forest) } : explanation
  const stored: Stored = { artifact_sha: artifact.content_sha, explanation: slim }
  const bytes = await promisify(gzip)(JSON.stringify(stored, encode))
  await writeFileAtomic(join(root, uriOf(artifact.uri)), bytes)
}

/** null where there is no such file, or it belongs to other bytes than the artifact's. */
export async function readExplanation(root: string, artifact: Artifact): Promise<Explanation | null> {
  try {
    const bytes = await promisify(gunzip)(await readFile(join(root, uriOf(artifact.uri))))
    const stored = JSON.parse(bytes.toString('utf8'), decode) as Stored
    return stored.artifact_sha === artifact.content_sha ? stored.explanation : null
  } catch {
    // A model trained elsewhere has none, and a spoiled one explains nothing.
    return null
  }
}

/** Typed arrays as plain ones under their type's name. JSON has no infinity: a threshold of it is written as null. */
function encode(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value
  return { [value.constructor.name]: Array.from(value as Float64Array) }
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const [name] = Object.keys(value)
  const revive = arrays[name as keyof typeof arrays]
  return revive === undefined ? value : revive((value as Record<string, number[]>)[name!]!)
}

function withoutGain(forest: Forest): Forest {
  return { ...forest, gain: new Float64Array(0) }
}
