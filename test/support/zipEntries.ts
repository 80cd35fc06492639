import assert from 'node:assert/strict';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** The names of the files in a zip archive; fails on what is none, or has a comment at its end. */
export function zipEntries(archive: Buffer): string[] {
  const end = archive.length - 22;
  assert.equal(archive.readUInt32LE(end), END_OF_DIRECTORY, 'the archive ends with its directory');
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  while (at < end) {
    assert.equal(archive.readUInt32LE(at), DIRECTORY_ENTRY, 'an entry of the directory');
    const nameLength = archive.readUInt16LE(at + 28);
    names.push(archive.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return names;
}
