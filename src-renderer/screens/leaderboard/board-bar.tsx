import { CompareBar } from '#renderer/components/compare-bar.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { useCart } from '#renderer/stores/cart.ts'
import { useLinkTo } from '#renderer/stores/context.ts'

/** What was chosen, and where it leads: runs to compare, configurations to train together. */
export function BoardBar() {
  const count = useCart(({ items }) => items.length)
  const linkTo = useLinkTo()
  return (
    <>
      <CompareBar />
      {count > 0 && (
        <a className="button small" data-testid="train-cart" href={linkTo('train')}>
          Train {formatPlural(count, 'configuration')} in the cart
        </a>
      )}
    </>
  )
}
