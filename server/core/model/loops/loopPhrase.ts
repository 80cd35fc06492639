import type { LoopFact } from '../../syntax/typescript/facts';

/** Says how often a loop runs what is in it: "once for each element of `users`". */
export function loopPhrase({ collection, collectionText }: LoopFact): string {
  if (collectionText !== undefined) return `once for each element of \`${collectionText}\``;
  return collection ? 'once for each element' : 'in each round of the loop';
}
