import fc from 'fast-check'

/** Texts that stand for JSON which JavaScript cannot hold or walk: a number beyond every double, three thousand brackets. */
export const stands: Record<string, string> = {
  '@@huge@@': '1e999',
  '@@deep@@': `${'['.repeat(3000)}1${']'.repeat(3000)}`,
  '@@deep object@@': `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
}

const texts = [
  ...' 0 -1 201 1e9 1e309 NaN null true undefined SPY zerosigma nope 2024-02-31 0001-01-01 9999-12-31 2024/01/02'.split(
    ' ',
  ),
  ...'../../etc/passwd /etc/passwd //x C:\\x ..\\..\\x .token .sigma ledger.db __proto__ constructor toString'.split(
    ' ',
  ),
  ...'%00 %ff %2e%2e%2f =cmd() @SUM(1) 🙂 Ａ 99999999999999999999 9007199254740993 0x10 1_000 0,5 ;;; ,, 13,14,15'.split(
    ' ',
  ),
  "' OR 1=1 --",
  '"; DROP TABLE jobs; --',
  '\0',
  '\ud800',
  'a\nb\rc\t',
  'x'.repeat(5000),
]

export const oddText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)

const nested = (depth: number) => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        true,
        false,
        0,
        -0,
        -1,
        1.5,
        1e308,
        5e-324,
        2 ** 31,
        2 ** 53,
        -(2 ** 53),
        ...Object.keys(stands),
        [],
        {},
      ],
      ...[[null], [[]], [1, '2', null], { a: 1 }, { model_id: 1 }, nested(20)],
    ),
  },
  { weight: 2, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        () => new Array(5000).fill('x'),
        () => 'y'.repeat(100_000),
      )
      .map((make) => make()),
  },
)

/** Bodies that are no JSON object, or not what their type says. */
export const brokenBodies: readonly (string | Buffer)[] = [
  ...[
    '',
    ' ',
    '{',
    '}',
    'null',
    '[]',
    '"x"',
    '1',
    'true',
    '{"a":1e999}',
    '{"a":1,}',
    '{"a":NaN}',
    "{'a':1}",
    '\ufeff{}',
  ],
  '{"model_id":"x","model_id":"y"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '['.repeat(50_000),
  '{"a":'.repeat(20_000),
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from('{"a":"\xff\xfe"}', 'latin1'),
  Buffer.from('{}', 'utf16le'),
  'model_id=x&splits=5',
  'x'.repeat(1024 * 1024 + 1),
]

export const oddHeaders: readonly Record<string, string>[] = [
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=latin1',
    'application/json;;;',
    'APPLICATION/JSON',
    '',
    'x',
  ].map((type) => ({ 'content-type': type })),
  { 'content-encoding': 'gzip' },
  { accept: 'text/html' },
  { accept: 'text/event-stream' },
  { host: 'evil.example' },
  { host: '' },
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { authorization: 'Bearer nonsense' },
  { authorization: 'Basic Og==' },
  { authorization: `Bearer ${'x'.repeat(4000)}` },
  { cookie: 'sigma_session=x; =; ;;' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'a b' },
  { 'idempotency-key': 'x'.repeat(500) },
  { 'last-event-id': '-1' },
  { 'last-event-id': '99999999999999999999' },
  { range: 'bytes=0-1,2-' },
  { 'if-none-match': '*' },
  { expect: 'nonsense' },
  { 'x-http-method-override': 'DELETE' },
  { 'transfer-encoding': 'chunked' },
  { 'accept-encoding': '*;q=nonsense' },
]
