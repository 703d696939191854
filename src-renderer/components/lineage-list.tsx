import type { Lineage } from '#shared/contract/schemas.ts'
import { humanize } from './format.ts'
import { Sha } from './sha.tsx'

/** The shas that pin a run to its data, configuration, policy and budget. */
export function LineageList({ lineage }: { lineage: Lineage }) {
  return (
    <dl className="pairs">
      <dt>Risk profile</dt>
      <dd>{humanize(lineage.risk_profile)}</dd>
      <dt>Matrix</dt>
      <dd>
        <Sha label="matrix sha" sha={lineage.matrix_sha} />
      </dd>
      <dt>Configuration</dt>
      <dd>
        <Sha label="configuration sha" sha={lineage.config_sha} />
      </dd>
      <dt>Policy</dt>
      <dd>
        <Sha label="policy sha" sha={lineage.policy_sha} />
      </dd>
      <dt>Risk budget</dt>
      <dd>
        <Sha label="risk budget sha" sha={lineage.risk_sha} />
      </dd>
    </dl>
  )
}
