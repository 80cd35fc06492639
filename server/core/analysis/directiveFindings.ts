import type { Sources } from '../fixes/sources';
import { ignoreWithoutReason, unusedIgnore } from '../rules/directives';
import type { Finding, Fix, RuleMeta } from '../rules/rule';
import { ruleMetas } from '../rules/ruleMetas';
import type { Directive } from '../syntax/directives';
import type { DocumentFacts } from '../syntax/documentFacts';
import { didYouMean } from '../text/nearestWord';
import type { Range } from '../text/range';
import { directivesOf, type Suppression } from './suppression';

/**
 * What is to say about the ignore directives of one file, once every other finding went through
 * `suppression`. Nothing is said about a rule that `wasAsked` denies: it may well be needed.
 */
export function directiveFindings(
  file: string,
  facts: DocumentFacts | undefined,
  suppression: Suppression,
  wasAsked: (rule: string) => boolean,
): Finding[] {
  const known = new Set(ruleMetas.map(({ id }) => id));
  const unused = suppression
    .unused(file)
    .filter(({ rule }) => !known.has(rule.id) || wasAsked(rule.id))
    .map(({ directive, rule, index }) => {
      const message = known.has(rule.id)
        ? `Nothing here is reported by ${rule.id}: the directive ignores nothing.`
        : `There is no rule “${rule.id}”, so this ignores nothing.${didYouMean(rule.id, known)}`;
      const item = directive.rules.length > 1 ? index : undefined;
      return { directive, range: rule.range, message, item };
    });
  const nameless = directivesOf(facts)
    .filter(({ rules }) => rules.length === 0)
    .map((directive) => ({
      directive,
      range: directive.range,
      message: 'This directive names no rule, so it ignores nothing.',
      item: undefined,
    }));
  const useless = [...unused, ...nameless];
  const withoutReason = directivesOf(facts).filter(
    (directive) => directive.reason === undefined && !useless.some((each) => each.directive === directive),
  );
  return [
    ...useless.map(({ directive, range, message, item }) =>
      finding(unusedIgnore, file, range, message, (sources) => removal(file, directive, item, sources)),
    ),
    ...withoutReason.map(({ range }) => finding(ignoreWithoutReason, file, range, SAY_WHY)),
  ];
}

const SAY_WHY = 'Add “: <reason>”: without it the next reader can’t tell whether the exception still holds.';

/** Removes one rule of a directive; without an index the whole directive, with its line if it stands alone there. */
function removal(file: string, directive: Directive, index: number | undefined, sources: Sources): Fix[] {
  const text = sources.text(file);
  if (text === undefined) return [];
  const range = index === undefined ? commentRange(text, directive.range) : listItemRange(directive, index);
  const title =
    index === undefined ? 'Remove the directive' : `Remove “${directive.rules[index]?.id}” from the directive`;
  return range ? [{ title, kind: 'safe', edits: [{ file, edits: [{ range, newText: '' }] }] }] : [];
}

/** The item with the comma before it, or behind it where it is the first. */
function listItemRange({ rules }: Directive, index: number): Range | undefined {
  const [item, before, after] = [rules[index], rules[index - 1], rules[index + 1]];
  if (!item) return undefined;
  if (before) return { start: before.range.end, end: item.range.end };
  return { start: item.range.start, end: after?.range.start ?? item.range.end };
}

function commentRange(text: string, comment: Range): Range {
  const inBraces = text[comment.start - 1] === '{' && text[comment.end] === '}';
  let { start, end } = inBraces ? { start: comment.start - 1, end: comment.end + 1 } : comment;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const startsLine = start === 0 || text[start - 1] === '\n';
  const lineBreak = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + 200));
  if (startsLine && lineBreak) end += lineBreak[0].length;
  return startsLine && !lineBreak ? { start: comment.start, end } : { start, end };
}

function finding(
  { id, severity }: RuleMeta,
  file: string,
  range: Range,
  message: string,
  fixes: Finding['fixes'] = () => [],
): Finding {
  return { rule: id, severity, message, file, range, related: [], fixes };
}
