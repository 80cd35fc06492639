import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../core/config/jsonSchema';
import { ruleMetas } from '../core/rules/ruleMetas';

// `npm run generate`: what is committed but follows from the list of rules.
const schema = configJsonSchema(ruleMetas);
writeFileSync('schemas/perf-hints.config.schema.json', `${JSON.stringify(schema, undefined, 2)}\n`);
