import { workerData } from 'node:worker_threads'
import {
  awaitChange,
  CALLED,
  DONE,
  FAILED,
  FUNCTION,
  openMailbox,
  READY,
  type SeatData,
} from './crew-mailbox.ts'
import { instantiateKernel } from './instantiate-kernel.ts'

// The program of a helper thread of a crew: it runs one function of the kernel after the other, as it is told.

const { module, memory, mailbox } = workerData as SeatData
const functions = Object.values(instantiateKernel(module, memory)) as ((...numbers: number[]) => number)[]
const { words, numbers } = openMailbox(mailbox)

Atomics.store(words, READY, 1)
for (let call = 0; ; call++) {
  while (Atomics.load(words, CALLED) === call) awaitChange(words, CALLED, call)
  const wanted = functions[words[FUNCTION]!]
  if (wanted === undefined) break
  try {
    numbers[numbers.length - 1] = wanted(...numbers.subarray(0, wanted.length))
  } catch {
    words[FAILED] = 1
  }
  Atomics.add(words, DONE, 1)
  Atomics.notify(words, DONE)
}
