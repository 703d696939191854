import { screens } from '#renderer/screens/index.ts'
import logo from '#renderer/sigma.svg'
import { useLinkTo } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { Icon } from '../icon.tsx'

export function Rail() {
  const linkTo = useLinkTo()
  const current = useHash().screen
  return (
    <>
      <a className="brand" href={linkTo('home')} aria-label="Sigma Lab, home">
        <img src={logo} width="22" height="22" alt="" />
        <span>Sigma Lab</span>
      </a>
      <nav className="rail" aria-label="Screens">
        {screens.map((screen) => (
          <a
            key={screen.id}
            className="rail-link"
            href={linkTo(screen.id)}
            title={screen.title}
            aria-current={screen.id === current ? 'page' : undefined}
            data-testid={`nav-${screen.id}`}
          >
            <Icon name={screen.icon} />
            <span>{screen.title}</span>
            <kbd>g {screen.key}</kbd>
          </a>
        ))}
      </nav>
    </>
  )
}
