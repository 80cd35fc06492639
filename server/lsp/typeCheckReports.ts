import { type TypeCheckComparison, TypeCheckComparisonMethod, type TypeCheckComparisonParams } from '../protocol';
import { compareRuns } from '../typeCheck/comparison';
import { comparisonHtml } from '../typeCheck/comparisonHtml';
import { comparisonJson } from '../typeCheck/comparisonJson';
import { comparisonMarkdown } from '../typeCheck/comparisonMarkdown';
import { onCustomRequest } from './guard';
import type { Session } from './session';
import { runsOf } from './typeCheckProjects';
import { pathOf } from './uris';

/** Answers `perfHints/typeCheckComparison`. */
export function handleTypeCheckReports(session: Session): void {
  onCustomRequest<TypeCheckComparisonParams, TypeCheckComparison | null>(
    session,
    TypeCheckComparisonMethod,
    null,
    (params) => {
      const tsconfig = params && pathOf(params.project);
      if (tsconfig === undefined) return null;
      const comparison = compareRuns(nameOf(session, tsconfig), runsOf(session, tsconfig), params);
      if (!comparison) return null;
      return {
        html: comparisonHtml(comparison),
        markdown: comparisonMarkdown(comparison),
        json: comparisonJson(comparison),
      };
    },
  );
}

function nameOf({ folders }: Session, tsconfig: string): string {
  return folders.placeOfPath(tsconfig)?.file ?? tsconfig;
}
