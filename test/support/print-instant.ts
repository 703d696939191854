import { openDuck } from '#main/lake/duck.ts'

// Child of the time zone test: how the database reads an instant, under the zone that the process was started in.
const duck = await openDuck()
const columns = await duck.readColumns(
  `SELECT epoch_ms(TIMESTAMPTZ '2024-01-02T15:00:00Z'::TIMESTAMP)::DOUBLE AS ts`,
)
duck.close()
process.stdout.write(String((columns['ts'] as Float64Array)[0]))
