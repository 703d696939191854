import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './components/styles.css'
import { App } from './components/frame/app.tsx'
import { usePreferences } from './stores/preferences.ts'

// Before React hears of it: charts read the colours of the page while they render.
const showTheme = ({ theme }: { theme: string }) => {
  document.documentElement.dataset['theme'] = theme
}
showTheme(usePreferences.getState())
usePreferences.subscribe(showTheme)

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no element #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
