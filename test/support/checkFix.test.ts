import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from './check';
import { checkOutcome } from './checkFix';

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model Note {
  id      Int    @id
  topic   String
  written DateTime

  @@index([topic])
  //^^^^^^^^^^^^^^ redundant-index warning
  @@index([topic, written])
}
`;

describe('a fix is refused', () => {
  const analysis = check({ 'schema.prisma': SCHEMA });
  const text = analysis.texts.get('schema.prisma') ?? '';
  const [finding] = analysis.findings;
  assert.ok(finding);

  const outcomeOf = (old: string, newText: string) => {
    const start = text.indexOf(old);
    const edit = { range: { start, end: start + old.length }, newText };
    const fix = { title: 'A fix', kind: 'safe' as const, edits: [{ file: 'schema.prisma', edits: [edit] }] };
    return () => checkOutcome(analysis, finding, fix);
  };

  it('that leaves its own finding', () => {
    assert.throws(outcomeOf('DateTime', 'DateTime?'), /does not take its own finding away/);
  });

  it('that breaks the code', () => {
    assert.throws(outcomeOf('  @@index([topic])\n', '  @@index([nothing])\n'), /breaks the code/);
  });

  it('that causes other findings', () => {
    assert.throws(outcomeOf('@@index([topic])', '@@index([written])\n  @@index([written, id])'), /causes findings/);
  });

  it('but not where its outcome is sound', () => {
    assert.doesNotMatch(outcomeOf('  @@index([topic])\n', '')().get('schema.prisma') ?? '', /\[topic\]/);
  });
});
