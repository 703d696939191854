/** What a message of the host says was typed and was meant: "no set foo (did you mean fool?)"; null where it says nothing. */
export function meantInstead(message: string): { was: string; is: string } | null {
  const found = /(\S+)(?: in the lake)? \(did you mean (\S+?)\?\)/.exec(message)
  return found === null ? null : { was: found[1]!, is: found[2]! }
}
