import type { BlockHead } from './blockHead';
import { startsBlock } from './blockHead';
import { CommentsAbove, commentText } from './comments';
import type { AttributeFact, EnumFact, FieldFact, ModelFact, SchemaValue, SettingsFact } from './facts';
import { readAttribute, readValue } from './readAttribute';
import type { Scanner } from './scanner';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenField = Omit<Mutable<FieldFact>, 'attributes'> & { attributes: AttributeFact[] };

/** Reads the body of a `model`, `view` or `type`, from behind its `{` to behind its `}` (or to where it breaks off). */
export function readModel(
  scanner: Scanner,
  head: BlockHead & { readonly keyword: ModelFact['kind'] },
  above: readonly string[],
): ModelFact {
  const fields: OpenField[] = [];
  const attributes: AttributeFact[] = [];
  const documentation = [...above];
  const comments = new CommentsAbove();
  const end = readBody(scanner, head, () => {
    if (scanner.kind === 'comment') documentation.push(commentText(scanner.value));
    if (comments.see(scanner)) return;
    const last = fields.at(-1);
    if (isBlockAttribute(scanner)) {
      const attribute = readAttribute(scanner);
      if (attribute) attributes.push(attribute);
    } else if (scanner.is('@') && last) {
      readFieldAttributes(scanner, last);
    } else if (scanner.kind === 'word') {
      const field = readField(scanner);
      if (field) {
        field.documentation = [...comments.take(), ...trailingComment(scanner)].join('\n');
        fields.push(field);
      }
    } else {
      scanner.next();
    }
    comments.take();
  });
  return {
    kind: head.keyword,
    name: head.name,
    nameRange: head.nameRange,
    range: { start: head.start, end },
    fields,
    attributes,
    documentation: documentation.join('\n'),
  };
}

/** Reads the body of an `enum`, as {@link readModel} does. */
export function readEnum(scanner: Scanner, head: BlockHead): EnumFact {
  const values: string[] = [];
  const end = readBody(scanner, head, () => {
    if (scanner.kind === 'word') {
      values.push(scanner.value);
      scanner.next();
    }
    if (scanner.is('@')) readAttribute(scanner);
    else if (scanner.kind !== 'word' && scanner.kind !== 'end' && !scanner.is('}')) scanner.next();
  });
  return { name: head.name, nameRange: head.nameRange, range: { start: head.start, end }, values };
}

/** Reads the body of a `datasource` or `generator`, as {@link readModel} does. */
export function readSettings(scanner: Scanner, head: BlockHead): SettingsFact {
  const settings: { name: string; value: SchemaValue }[] = [];
  const end = readBody(scanner, head, () => {
    const name = scanner.kind === 'word' ? scanner.value : undefined;
    scanner.next();
    if (name === undefined || !scanner.is('=')) return;
    scanner.next();
    const value = readValue(scanner);
    if (value) settings.push({ name, value });
  });
  return { name: head.name, range: { start: head.start, end }, settings };
}

/** Calls `readNext`, which must go on by at least one token, until the block is over; returns the block's end. */
function readBody(scanner: Scanner, head: BlockHead, readNext: () => void): number {
  let end = head.nameRange.end;
  while (scanner.kind !== 'end' && !startsBlock(scanner)) {
    if (scanner.is('}')) {
      end = scanner.end;
      scanner.next();
      return end;
    }
    if (scanner.kind !== 'newline') end = scanner.end;
    readNext();
  }
  return end;
}

function isBlockAttribute(scanner: Scanner): boolean {
  return scanner.is('@') && scanner.text.charAt(scanner.start + 1) === '@';
}

function readField(scanner: Scanner): OpenField | undefined {
  const name = scanner.value;
  const nameRange = { start: scanner.start, end: scanner.end };
  scanner.next();
  if (scanner.kind !== 'word') return undefined;
  const field: OpenField = {
    name,
    nameRange,
    range: { start: nameRange.start, end: scanner.end },
    type: scanner.value,
    list: false,
    optional: false,
    attributes: [],
    documentation: '',
  };
  scanner.next();
  while (!scanner.at('newline', 'comment', 'end')) {
    if (scanner.is('}') || isBlockAttribute(scanner)) break;
    if (scanner.is('@')) {
      readFieldAttributes(scanner, field);
      continue;
    }
    // The rest of the type: `[]`, `?`, `("…")`. What is none of these is half-written.
    if (field.attributes.length === 0) {
      if (scanner.is('[')) field.list = true;
      if (scanner.is('?')) field.optional = true;
      if (scanner.at('symbol')) field.range = { start: nameRange.start, end: scanner.end };
    }
    scanner.next();
  }
  return field;
}

function readFieldAttributes(scanner: Scanner, field: OpenField): void {
  while (scanner.is('@') && !isBlockAttribute(scanner)) {
    const attribute = readAttribute(scanner);
    if (!attribute) return;
    field.attributes.push(attribute);
    field.range = { start: field.range.start, end: attribute.range.end };
  }
}

function trailingComment(scanner: Scanner): string[] {
  return scanner.kind === 'comment' ? [commentText(scanner.value)] : [];
}
