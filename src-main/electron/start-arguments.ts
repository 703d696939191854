import { linkAmong } from './deep-link.ts'

export interface StartArguments {
  /** Undefined where none is named: the last one, or the usual one. */
  workspace: string | undefined
  link: string | undefined
}

const workspaceSwitch = '--workspace'

/** Reads what the program was started with; switches of Chromium and the path of the program itself are passed over. */
export function readStartArguments(args: readonly string[]): StartArguments {
  const at = args.findIndex((each) => each === workspaceSwitch || each.startsWith(`${workspaceSwitch}=`))
  const named = args[at] === workspaceSwitch ? args[at + 1] : args[at]?.slice(workspaceSwitch.length + 1)
  const isGiven = at >= 0 && named !== undefined && named !== '' && !named.startsWith('--')
  return { workspace: isGiven ? named : undefined, link: linkAmong(args) }
}

/** The same arguments for a start on another workspace; the link was followed in this one. */
export function argumentsFor(workspace: string, args: readonly string[]): string[] {
  const { workspace: last, link } = readStartArguments(args)
  const kept = args.filter(
    (each, i) =>
      each !== link &&
      !each.startsWith(workspaceSwitch) &&
      !(each === last && args[i - 1] === workspaceSwitch),
  )
  return [...kept, `${workspaceSwitch}=${workspace}`]
}
