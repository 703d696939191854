import { type Static, Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Nullable, StringOrNull, Timestamp } from './schemas.ts'

/** Name of the folder of a backup under `backups/`. */
export const BackupName = Type.String({ pattern: '^[0-9]{8}T[0-9]{6}Z(-[0-9]{1,4})?(-before-restore)?$' })

const BackupKind = Type.Unsafe<'asked_for' | 'before_restore'>({
  type: 'string',
  enum: ['asked_for', 'before_restore'],
  description: 'before_restore: what a restore found in its place',
})

export const BackupRow = Type.Object({
  name: Type.String(),
  path: Type.String({ description: 'Folder in the workspace' }),
  kind: BackupKind,
  created_at: Timestamp,
  version: Type.String({ description: 'Of Sigma Lab' }),
  schema: Nullable(
    Type.Integer({
      description: 'Of the ledger; null where it could not be read, and then it cannot be restored',
    }),
  ),
  files: Type.Integer(),
  bytes: Type.Integer(),
})
export type BackupRow = Static<typeof BackupRow>

export const backups = {
  createBackup: defineEndpoint({
    method: 'POST',
    path: '/backup',
    tag: 'Workspace',
    summary: 'Copy ledger, packs, artifacts and reports while everything goes on, and check the copy',
    description:
      'Writes a folder under `backups/`, whole or not at all. Market data and matrices are not in it: a restore leaves those of the workspace alone. ' +
      'A copy that takes longer than five seconds goes on as the job that is named; it is listed when it is whole.',
    body: Type.Object({}, { additionalProperties: false }),
    example: { body: {} },
    reply: Type.Object({
      job_id: Type.String(),
      backup: Type.Union([BackupRow, Type.Null()], { description: 'null while the job is at it' }),
    }),
  }),
  listBackups: defineEndpoint({
    method: 'GET',
    path: '/backups',
    tag: 'Workspace',
    summary: 'Backups of the workspace, newest first, and the one that the next start restores',
    description: 'Copies of the ledger that were made before a schema changed are not among them.',
    reply: Type.Object({
      backups: Type.Array(BackupRow),
      total: Type.Integer(),
      pending_restore: StringOrNull,
    }),
  }),
  prepareRestore: defineEndpoint({
    method: 'POST',
    path: '/backups/restore',
    tag: 'Workspace',
    role: 'admin',
    summary: 'Have the next start of the host restore a backup; null takes that back',
    description:
      'The backup is checked now and again then. What the restore finds in its place becomes a backup of its own, so that nothing is lost.',
    body: Type.Object({ name: Nullable(BackupName) }, { additionalProperties: false }),
    example: { body: { name: null } },
    reply: Type.Object({ pending_restore: StringOrNull, message: Type.String() }),
  }),
}
