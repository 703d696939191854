import { useState } from 'react'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import { type CartItem, cartKey, useCart } from '#renderer/stores/cart.ts'
import { MAX_COMPARED } from '#renderer/stores/compare.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { findCartRuns } from '#renderer/stores/find-cart-runs.ts'
import { usePanels } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { riskProfiles } from '#shared/contract/schemas.ts'
import { Button } from '../button.tsx'
import { describeConfig } from '../describe-config.ts'
import { Drawer } from '../drawer.tsx'
import { humanize } from '../format.ts'
import { Icon } from '../icon.tsx'
import { EmptyState } from '../states.tsx'

/** The configurations chosen so far, by profile. The ledger keeps them. */
export function CartDrawer() {
  const { items, remove } = useCart()
  const show = usePanels((panels) => panels.show)
  const linkTo = useLinkTo()
  const close = () => show('none')
  const groups = riskProfiles.map((profile) => ({
    profile,
    members: items.filter((item) => item.lineage.risk_profile === profile),
  }))
  return (
    <Drawer title="Selection cart" onClose={close} testId="cart-drawer">
      {items.length === 0 ? (
        <EmptyState
          title="Nothing chosen yet"
          action={
            <a href={linkTo('leaderboard')} onClick={close}>
              Open the leaderboard
            </a>
          }
        >
          Press the plus beside a row of a sweep or of the leaderboard. What you choose stays here, also after
          a restart.
        </EmptyState>
      ) : (
        <div className="row">
          <a className="button primary" href={linkTo('train')} onClick={close}>
            Train {items.length}
          </a>
          <CompareCart items={items} onDone={close} />
          <span className="spacer" />
          <Button onClick={() => remove(new Set(items.map(cartKey)))}>Empty the cart</Button>
        </div>
      )}
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ profile, members }) => (
          <section key={profile} aria-label={humanize(profile)}>
            <h3>{humanize(profile)}</h3>
            <ul className="list">
              {members.map((item) => (
                <li key={cartKey(item)}>
                  <span className="grow">
                    <strong>{item.model_id}</strong>
                    <br />
                    <span className="muted">{describeConfig(item.config)}</span>
                  </span>
                  <Button
                    small
                    look="quiet"
                    aria-label={`Remove ${item.model_id}, ${describeConfig(item.config)}`}
                    onClick={() => remove(new Set([cartKey(item)]))}
                  >
                    <Icon name="close" size={12} />
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </Drawer>
  )
}

/** The cart knows configurations; their newest runs are looked up, and compared eight at most. */
function CompareCart({ items, onDone }: { items: readonly CartItem[]; onDone: () => void }) {
  const linkTo = useLinkTo()
  const push = useToasts((store) => store.push)
  const [isLooking, setLooking] = useState(false)
  const compare = async () => {
    setLooking(true)
    try {
      const ids = (await findCartRuns(items.slice(0, MAX_COMPARED))).join(',')
      location.hash = linkTo('compare', { ids })
      onDone()
    } catch (cause) {
      push({ tone: 'bad', text: `The runs of the cart were not found: ${asSigmaError(cause).message}` })
      setLooking(false)
    }
  }
  return (
    <Button
      disabled={items.length < 2 || isLooking}
      title={items.length > MAX_COMPARED ? `The first ${MAX_COMPARED}` : ''}
      data-testid="compare-cart"
      onClick={() => void compare()}
    >
      Compare {items.length > MAX_COMPARED ? `the first ${MAX_COMPARED}` : 'them'}
    </Button>
  )
}
