import {
  bytesField,
  concatBytes,
  integerField,
  integersField,
  messageField,
  stringField,
} from './protobuf.ts'

// Field numbers are those of onnx.proto (ONNX IR version 10).

const DOUBLE = 11
const UINT8 = 2
const INT64 = 7

export const ML_DOMAIN = 'ai.onnx.ml'

/** Contents of a TensorProto, without its name. */
export function doubleTensor(values: ArrayLike<number>, dims: readonly number[]): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.length * 8))
  for (let i = 0; i < values.length; i++) raw.setFloat64(i * 8, values[i]!, true)
  return tensor(DOUBLE, new Uint8Array(raw.buffer), dims)
}

export function byteTensor(values: Uint8Array): Uint8Array {
  return tensor(UINT8, values, [values.length])
}

export function int64Tensor(values: readonly number[]): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.length * 8))
  values.forEach((value, i) => {
    raw.setBigInt64(i * 8, BigInt(value), true)
  })
  return tensor(INT64, new Uint8Array(raw.buffer), [values.length])
}

function tensor(type: number, raw: Uint8Array, dims: readonly number[]): Uint8Array {
  return concatBytes([integersField(1, dims), integerField(2, type), bytesField(9, raw)])
}

export type Attribute = { int: number } | { ints: ArrayLike<number> } | { tensor: Uint8Array }

export interface Node {
  op: string
  domain?: string
  inputs: readonly string[]
  output: string
  attributes?: Record<string, Attribute>
}

function encodeAttribute(name: string, attribute: Attribute): Uint8Array {
  if ('int' in attribute)
    return concatBytes([stringField(1, name), integerField(3, attribute.int), integerField(20, 2)])
  if ('ints' in attribute)
    return concatBytes([stringField(1, name), integersField(8, attribute.ints), integerField(20, 7)])
  return concatBytes([stringField(1, name), bytesField(5, attribute.tensor), integerField(20, 4)])
}

function encodeNode(node: Node): Uint8Array {
  return concatBytes([
    ...node.inputs.map((input) => stringField(1, input)),
    stringField(2, node.output),
    stringField(3, node.output),
    stringField(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) =>
      bytesField(5, encodeAttribute(name, value)),
    ),
    ...(node.domain === undefined ? [] : [stringField(7, node.domain)]),
  ])
}

/** A double matrix of any number of rows, named and typed as an input or output of the graph. */
function matrixInfo(name: string, columns: number): Uint8Array {
  const shape = messageField(2, [
    messageField(1, [stringField(2, 'N')]),
    messageField(1, [integerField(1, columns)]),
  ])
  return concatBytes([
    stringField(1, name),
    messageField(2, [messageField(1, [integerField(1, DOUBLE), shape])]),
  ])
}

export interface Graph {
  nodes: readonly Node[]
  /** Contents of each tensor by name. */
  initializers: ReadonlyMap<string, Uint8Array>
  input: { name: string; columns: number }
  output: { name: string; columns: number }
  metadata: Record<string, string>
}

/** A whole ONNX file: IR version 10, operator sets 21 and ai.onnx.ml 5. */
export function encodeModel(graph: Graph): Uint8Array {
  const initializers = [...graph.initializers].map(([name, content]) =>
    messageField(5, [content, stringField(8, name)]),
  )
  const body = [
    ...graph.nodes.map((node) => bytesField(1, encodeNode(node))),
    stringField(2, 'model'),
    ...initializers,
    bytesField(11, matrixInfo(graph.input.name, graph.input.columns)),
    bytesField(12, matrixInfo(graph.output.name, graph.output.columns)),
  ]
  const metadata = Object.entries(graph.metadata).map(([key, value]) =>
    messageField(14, [stringField(1, key), stringField(2, value)]),
  )
  return concatBytes([
    integerField(1, 10),
    stringField(2, 'sigma-lab'),
    messageField(7, body),
    messageField(8, [stringField(1, ''), integerField(2, 21)]),
    messageField(8, [stringField(1, ML_DOMAIN), integerField(2, 5)]),
    ...metadata,
  ])
}
