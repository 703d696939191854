import fastify from 'fastify'

// The least that Fastify does: what a page of the leaderboard is held against.

const server = fastify()
server.get('/', () => ({ hello: 'world' }))
process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`)
