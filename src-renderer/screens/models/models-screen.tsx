import type { ComponentType } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { Tabs, useTab } from '#renderer/components/tabs.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { ConfigTab } from './config-tab.tsx'
import { ModelList } from './model-list.tsx'
import { type ModelTabId, modelTabs } from './model-tabs.ts'
import { NewModelTab } from './new-model-tab.tsx'
import { SetsTab } from './sets-tab.tsx'

const contents: Record<ModelTabId, ComponentType> = {
  list: ModelList,
  new: NewModelTab,
  config: ConfigTab,
  sets: SetsTab,
}

/** Models: what there is, a new one from a template, their configs, and the indicator sets they are built from. */
export function ModelsScreen() {
  const tab = useTab(modelTabs)
  const linkTo = useLinkTo()
  const Content = contents[tab.id]
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Models</h1>
        <span className="spacer" />
        {tab.id === 'list' && (
          <Button
            look="primary"
            data-testid="new-model"
            onClick={() => {
              location.hash = linkTo('models', { tab: 'new' })
            }}
          >
            New model
          </Button>
        )}
      </div>
      <Tabs label="Parts of Models" screen="models" tabs={modelTabs} current={tab} />
      <Content key={tab.id} />
    </div>
  )
}
