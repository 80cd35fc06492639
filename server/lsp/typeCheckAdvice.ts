import { readFileSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ProtocolPosition,
  type TypeCheckAdvice,
  TypeCheckAdviceMethod,
  type TypeCheckAdviceParams,
} from '../protocol';
import { readAdvice } from '../typeCheck/adviceFile';
import { storageOf } from '../typeCheck/storage';
import { onCustomRequest } from './guard';
import type { Session } from './session';
import { storageFor } from './typeCheckProjects';
import { pathOf, uriOf } from './uris';

/** Answers `perfHints/typeCheckAdvice`. */
export function handleTypeCheckAdvice(session: Session): void {
  onCustomRequest<TypeCheckAdviceParams, readonly TypeCheckAdvice[] | null>(
    session,
    TypeCheckAdviceMethod,
    null,
    (params) => {
      const tsconfig = params && pathOf(params.project);
      return tsconfig === undefined ? null : adviceOn(session, tsconfig);
    },
  );
}

function adviceOn(session: Session, tsconfig: string): readonly TypeCheckAdvice[] | null {
  const kept = readAdvice(storageOf(storageFor(session, tsconfig), tsconfig));
  if (!kept) return null;
  return kept.map(({ title, detail, file, offset }) => {
    const position = file === undefined || offset === undefined ? undefined : positionIn(file, offset);
    return { title, detail, ...(file === undefined ? {} : { uri: uriOf(file) }), ...(position ? { position } : {}) };
  });
}

/** Undefined for a file that went away since. */
function positionIn(file: string, offset: number): ProtocolPosition | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    // Compilers count the space before a node to it.
    const space = /\S/.exec(text.slice(offset))?.index ?? 0;
    return TextDocument.create(uriOf(file), '', 0, text).positionAt(offset + space);
  } catch {
    return undefined;
  }
}
