import createAjvCompiler from '@fastify/ajv-compiler'

type Factory = ReturnType<typeof createAjvCompiler>

interface Validator {
  (data: unknown): unknown
  errors?: unknown
}

const createCompiler = createAjvCompiler()

/**
 * Fastify's own validators, each compiled at the first request that needs it: compiling all of them took a good part of the
 * start, and a session uses few.
 */
export const compileWhenAsked = ((...given: Parameters<Factory>) => {
  const compile = createCompiler(...given)
  return (route: Parameters<typeof compile>[0]) => {
    let compiled: Validator | undefined
    const validate: Validator = (data) => {
      compiled ??= compile(route) as Validator
      const isValid = compiled(data)
      validate.errors = compiled.errors
      return isValid
    }
    return validate
  }
}) as Factory
