import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Json, Nullable, PackId, RiskProfile, StringOrNull, Timestamp } from './schemas.ts'

const access = { tag: 'Admin', role: 'admin' } as const
const limit = (maximum: number, description: string) => Type.Integer({ minimum: 1, maximum, description })

const limits = {
  max_concurrent_sweeps: limit(64, 'Sweeps of one user that run at once; the others wait in the queue'),
  max_concurrent_train_jobs: limit(
    64,
    'Trainings of one user that run at once; the others wait in the queue',
  ),
  max_queue: limit(10_000, 'Jobs of one user that may wait; one more is refused'),
  max_rows_per_build: limit(100_000_000, 'Rows of one training matrix'),
}

/** What one user has waiting and running. */
const userUse = {
  max_concurrent_sweeps: Type.Integer({ description: 'Sweeps running now' }),
  max_concurrent_train_jobs: Type.Integer({ description: 'Trainings running now' }),
  max_queue: Type.Integer({ description: 'Jobs waiting now' }),
}

const quotas = Type.Object({
  limits: Type.Object(limits, { description: 'For each user' }),
  usage: Type.Object(
    {
      ...userUse,
      max_rows_per_build: Type.Integer({ description: 'Rows of the largest matrix so far' }),
    },
    { description: 'Of all users together' },
  ),
  users: Type.Array(
    Type.Object({
      user_id: Nullable(Type.Integer()),
      email: StringOrNull,
      usage: Type.Object(userUse),
    }),
    {
      description:
        'Every user, and scripts of this machine that come without a token as one more, whose user_id is null',
    },
  ),
})

const RiskVersion = Type.Object({
  version: Type.Integer(),
  risk_sha: Type.String(),
  risk_budget: Json,
  created_at: Timestamp,
})

const RiskProfileRow = Type.Object({
  pack_id: Type.String(),
  profile: RiskProfile,
  ...RiskVersion.properties,
  history: Type.Array(RiskVersion, { description: 'Newest first, the current version included' }),
  shipped: Type.Union([Json, Type.Null()], {
    description: 'The budget that this version of Sigma Lab ships; null for a pack of your own',
  }),
})

/** A rule of the gate as a form needs it. */
const RuleRow = Type.Object({
  rule: Type.String(),
  title: Type.String(),
  doc: Type.String(),
  unit: Type.String(),
  options_only: Type.Boolean(),
  fallback: Nullable(Type.Unknown({ description: 'The limit that binds where the budget is silent' })),
  schema: Json,
})

const Difference = Type.Object({
  rule: Type.String(),
  from: Nullable(Type.Unknown()),
  to: Nullable(Type.Unknown()),
})
const budgetChange = Type.Object(
  {
    pack_id: PackId,
    profile: RiskProfile,
    risk_budget: Type.Unsafe<Record<string, unknown>>({
      ...Json,
      description: 'Limits to set; null takes a rule away',
    }),
  },
  { additionalProperties: false },
)

/** Switches of the workspace, each with what it does when it is on. */
export const flagKeys = {
  sample_data: 'Load the sample data when the host starts on a workspace whose lake is empty.',
  require_token: 'Every request needs a token, those of scripts on this machine too (as with --auth always).',
} as const
export type FlagKey = keyof typeof flagKeys

const Flag = Type.Object({
  key: Type.String(),
  enabled: Type.Boolean(),
  description: Type.String(),
  updated_at: Type.Union([Timestamp, Type.Null()], { description: 'null: never changed' }),
})

export const adminSettings = {
  getQuotas: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/quotas',
    summary: 'Limits of each user and how much of each is used, by whom',
    description:
      'Requests beyond a limit of running work wait; QUOTA_EXCEEDED comes when the queue of the user who asks is full.',
    reply: quotas,
  }),
  updateQuotas: defineEndpoint({
    ...access,
    method: 'PATCH',
    path: '/admin/quotas',
    summary: 'Change limits; those not named stay',
    description: 'Takes effect at once. Work that is running already goes on.',
    example: { body: { limits: { max_concurrent_sweeps: 2 } } },
    body: Type.Object(
      { limits: Type.Partial(Type.Object(limits), { additionalProperties: false }) },
      { additionalProperties: false },
    ),
    reply: quotas,
  }),
  listRiskProfiles: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/risk-profiles',
    summary: 'Risk budgets with their versions, of one pack or of all',
    description: 'With each the risk_sha that runs which it judged carry in their lineage.',
    example: { query: { pack_id: 'zerosigma' } },
    query: Type.Object({ pack_id: Type.Optional(PackId) }, { additionalProperties: false }),
    reply: Type.Object({ profiles: Type.Array(RiskProfileRow), rules: Type.Array(RuleRow) }),
  }),
  updateRiskProfile: defineEndpoint({
    ...access,
    method: 'PATCH',
    path: '/admin/risk-profiles',
    summary: 'Merge limits into a risk budget: pack.yaml changes, and the budget gets a new version',
    description: 'Comments of the file stay. Stored runs keep the budget they were judged by.',
    example: { body: { pack_id: 'zerosigma', profile: 'balanced', risk_budget: { min_trades: 25 } } },
    body: budgetChange,
    reply: Type.Object({
      version: Type.Integer(),
      risk_sha: Type.String(),
      risk_budget: Json,
      diff: Type.Array(Difference),
    }),
  }),
  checkRiskProfile: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/risk-profiles/check',
    reads: true,
    summary:
      'What a change of a risk budget would do to its sha and to the runs of the pack; nothing changes',
    description:
      'Stored runs are judged again by the figures that were kept of them; limits that cannot be taken are answers.',
    example: { body: { pack_id: 'zerosigma', profile: 'balanced', risk_budget: { min_trades: 25 } } },
    body: budgetChange,
    reply: Type.Object({
      risk_sha: StringOrNull,
      risk_budget: Json,
      diff: Type.Array(Difference),
      problems: Type.Array(Type.Object({ rule: Type.String(), message: Type.String() })),
      effect: Type.Object({
        runs: Type.Integer({ description: 'Runs looked at, the newest of the pack under this profile' }),
        total: Type.Integer({ description: 'Runs there are' }),
        passing_now: Type.Integer(),
        passing_then: Type.Integer(),
        unknown: Type.Integer({
          description: 'Runs that were never measured for a rule of the new budget; counted as not passing',
        }),
        gains: Type.Array(Type.String(), {
          description: 'Runs that would pass and do not now, newest first',
        }),
        losses: Type.Array(Type.String(), { description: 'Runs that pass now and would not' }),
        reasons: Type.Record(Type.String(), Type.Integer(), {
          description: 'Runs by the reasons for which they would fail',
        }),
      }),
    }),
  }),
  listFlags: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/flags',
    summary: 'Switches of the workspace and what each does',
    description: 'Each does something: `description` says what.',
    reply: Type.Object({ flags: Type.Array(Flag) }),
  }),
  updateFlag: defineEndpoint({
    ...access,
    method: 'PATCH',
    path: '/admin/flags',
    summary: 'Turn a switch on or off',
    description: 'Takes effect at once; unknown keys are refused with the known ones.',
    example: { body: { key: 'require_token', enabled: false } },
    body: Type.Object(
      {
        key: Type.Unsafe<FlagKey>({ type: 'string', enum: Object.keys(flagKeys) }),
        enabled: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ flag: Flag }),
  }),
}
