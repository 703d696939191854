import { type CartItem, cartKey, useCart } from '#renderer/stores/cart.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface CartButtonProps {
  item: CartItem
  subject: string
  hasText?: boolean
}

/** Puts a row into the selection cart, or takes it out. */
export function CartButton({ item, subject, hasText = false }: CartButtonProps) {
  const isIn = useCart((cart) => cart.items.some((each) => cartKey(each) === cartKey(item)))
  const toggle = useCart((cart) => cart.toggle)
  return (
    <Button
      small
      look={isIn ? 'primary' : 'plain'}
      aria-pressed={isIn}
      aria-label={`${isIn ? 'Remove from' : 'Add to'} cart: ${subject}`}
      data-testid="add-to-cart"
      onClick={() => toggle(item)}
    >
      <Icon name={isIn ? 'check' : 'plus'} size={12} />
      {hasText && (isIn ? 'In the cart' : 'Add to cart')}
    </Button>
  )
}
