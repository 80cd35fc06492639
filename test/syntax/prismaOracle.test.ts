import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeByPrisma, shapeByUs } from '../support/schemaShape';

/** Each of these is read by Prisma's own parser and by ours. */
const SCHEMAS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'every kind of attribute on PostgreSQL': {
    'schema.prisma': `
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views"]
}
datasource db {
  provider = "postgresql"
}
/// A person
model User {
  id        Int       @id @default(autoincrement())
  email     String    @unique(sort: Desc) @db.VarChar(200)
  role      Role      @default(USER) // the usual
  tags      String[]  @default(["a, b", "}"])
  location  Unsupported("point")?
  posts     Post[]    @relation("author")
  profile   Profile?
  labels    Tag[]
  friends   User[]    @relation("friends")
  friendOf  User[]    @relation("friends")
  createdAt DateTime  @default(now()) @map("created_at")

  @@index(email)
  @@index([role, createdAt(sort: Desc)], map: "by_role")
  @@index([tags], type: Gin)
  @@index([id], type: Hash)
  @@unique(fields: [email, role], name: "who")
  @@map("users")
}
model Post {
  id       Int     @default(autoincrement())
  authorId Int?
  author   User?   @relation("author", fields: [authorId], references: [id], onDelete: SetNull, onUpdate: NoAction)
  title    String
  body     Json?

  @@id([id, title])
  @@index([title(ops: raw("text_pattern_ops")), authorId])
}
model Profile {
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int    @id
  bio    String /* free text { */
}
model Tag {
  name  String @id
  users User[]
  cost  BigInt @default(-1)
}
view Stats {
  userId Int @unique
  total  Decimal @db.Decimal(10, 2)
}
enum Role {
  USER
  ADMIN @map("administrator")

  @@map("roles")
}
`,
  },
  'composite types on MongoDB': {
    'schema.prisma': `
datasource db {
  provider = "mongodb"
}
type Address {
  street String
  geo    Geo?
}
type Geo {
  lat Float
  lon Float
}
model Shop {
  id      String   @id @default(auto()) @map("_id") @db.ObjectId
  address Address
  other   Address[]
  itemIds String[] @db.ObjectId
  items   Item[]   @relation(fields: [itemIds], references: [id])
}
model Item {
  id      String   @id @default(auto()) @map("_id") @db.ObjectId
  shopIds String[] @db.ObjectId
  shops   Shop[]   @relation(fields: [shopIds], references: [id])
  name    String

  @@fulltext([name])
}
`,
  },
  'MySQL with prefixes and full text, CRLF and tabs': {
    'schema.prisma':
      'datasource db {\r\n\tprovider = "mysql"\r\n\trelationMode = "prisma"\r\n}\r\n\r\nmodel Page {\r\n\tid Int @id\r\n\turl String @db.Text\r\n\ttitle String\r\n\r\n\t@@index([url(length: 100)])\r\n\t@@fulltext([title])\r\n\t@@unique([title(sort: Desc)], map: "t")\r\n}\r\n',
  },
  'several files': {
    'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\n',
    'prisma/a.prisma': 'model A {\n  id Int @id\n  bs B[]\n}\n',
    'prisma/models/b.prisma':
      'model B {\n  id Int @id\n  a A @relation(fields: [aId], references: [id])\n  aId Int\n  @@index([aId])\n}\n',
  },
  'names that look like keywords, and comments in every place': {
    'schema.prisma': `// start
datasource db { // here
  // and here
  provider = "postgresql" // there
}
model model { // a model
  id   Int    @id // {
  type String // }
  enum String @default("model X {")
  /// view
  view String? // @unique
  // @@index([type])
  @@index([type]) // @@index([view])
}
// end`,
  },
};

for (const [name, files] of Object.entries(SCHEMAS)) {
  test(`reads as Prisma does: ${name}`, () => {
    const texts = new Map(Object.entries(files));
    assert.deepEqual(shapeByUs(texts), shapeByPrisma(texts));
  });
}
