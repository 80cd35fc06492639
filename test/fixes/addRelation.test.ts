import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missingRelation } from '../../server/core/rules/missingRelation';
import { analyzeTexts } from '../support/analyzeTexts';
import { checkOutcome } from '../support/checkFix';

/** The schema after the first fix of its only finding. */
function fixed(schema: string): string {
  const analysis = analyzeTexts(new Map([['schema.prisma', schema]]), { rules: [missingRelation] });
  const [finding, ...more] = analysis.findings;
  assert.ok(finding && more.length === 0, `${analysis.findings.length} findings`);
  const [fix] = finding.fixes(analysis.sources);
  assert.ok(fix, 'a fix is offered');
  return checkOutcome(analysis, finding, fix).get('schema.prisma') ?? '';
}

describe('the fix that adds a relation', () => {
  it('keeps the columns of both paragraphs when the new name or type is the longest', () => {
    const schema = `model Wholesaler {
  id   Int    @id // given by the register
  name String

  city String
}

model Van {
  id Int @id

  wholesalerId Int?
  seats        Int  @default(3)
}
`;
    assert.equal(
      fixed(schema),
      `model Wholesaler {
  id   Int    @id // given by the register
  name String

  city String
  vans Van[]
}

model Van {
  id Int @id

  wholesaler   Wholesaler? @relation(fields: [wholesalerId], references: [id])
  wholesalerId Int?
  seats        Int         @default(3)

  @@index([wholesalerId])
}
`,
    );
  });

  it('keeps the line endings and the indentation of the file', () => {
    const schema =
      'model Author {\n\tid Int @id\n}\n\nmodel Book {\n\tid Int @id\n\tauthorId Int @unique // the first one\n}\n';
    const after = fixed(schema.replaceAll('\n', '\r\n'));
    assert.equal(after.replaceAll('\r\n', '').includes('\n'), false);
    assert.match(after, /\r\n\tbook\s+Book\?\r\n\}/);
    assert.match(
      after,
      /\r\n\tauthor\s+Author\s+@relation\(fields: \[authorId\], references: \[id\]\)\r\n\tauthorId Int @unique/,
    );
  });

  it('names the fields as the relations of other models to the same one do', () => {
    const schema = `model person {
  id    Int    @id
  notes note[]
}

model note {
  id        Int    @id
  person_id Int
  owner     person @relation(fields: [person_id], references: [id])

  @@index([person_id])
}

model car {
  id        Int @id
  person_id Int
}
`;
    const after = fixed(schema);
    assert.match(
      after,
      /person_id Int\n {2}owner {5}person @relation\(fields: \[person_id\], references: \[id\]\)\n\n {2}@@index/,
    );
    assert.match(after, /cars {2}car\[\]/);
  });

  it('is not offered where another field shares the line', () => {
    const schema = 'model Author {\n  id Int @id\n}\n\nmodel Book { id Int @id authorId Int }\n';
    const analysis = analyzeTexts(new Map([['schema.prisma', schema]]), { rules: [missingRelation] });
    for (const finding of analysis.findings) assert.deepEqual(finding.fixes(analysis.sources), []);
  });
});
