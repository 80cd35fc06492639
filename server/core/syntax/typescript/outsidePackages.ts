/** What waiting for a call means, as far as time goes. */
export type OutsideWork = 'request' | 'mail' | 'job' | 'file' | 'process' | 'hash' | 'pause';

interface Package {
  readonly work: OutsideWork;
  /** The last names that do such work; absent where all that is waited for is. */
  readonly names?: RegExp;
  /** Those that don't. */
  readonly except?: RegExp;
}

const packages = new Map<string, Package>();

function add(work: OutsideWork, names: string, more: Omit<Package, 'work'> = {}): void {
  for (const name of names.split(/\s+/)) packages.set(name, { work, ...more });
}

const VERBS = /^(default|get|post|put|patch|delete|head|options|request|fetch|\$fetch|stream|raw|all|query|pipeline)$/;
add('request', 'axios', { names: VERBS });
add('request', 'got ky node-fetch cross-fetch isomorphic-fetch undici ofetch superagent needle phin', { names: VERBS });
add('request', 'stripe openai @anthropic-ai/sdk twilio @slack/web-api googleapis octokit @octokit/rest @octokit/core', {
  except: /^(constructEvent\w*|generateTestHeader\w*|verify\w*)$/,
});
add('request', '@google-cloud/storage @google-cloud/vertexai firebase-admin @supabase/supabase-js cloudinary minio');
add('request', '@paddle/paddle-node-sdk @lemonsqueezy/lemonsqueezy.js razorpay @polar-sh/sdk @mollie/api-client plaid');
add('request', 'algoliasearch meilisearch @elastic/elasticsearch typesense @notionhq/client pusher web-push');
add('request', '@azure/storage-blob @vercel/blob expo-server-sdk basic-ftp ssh2-sftp-client puppeteer playwright');
add('request', 'ai', { names: /^(generateText|generateObject|embed|embedMany|generateImage|transcribe)$/ });

add('mail', 'resend @sendgrid/mail postmark mailgun.js @getbrevo/brevo sib-api-v3-sdk loops email-templates');
add('mail', 'nodemailer @nestjs-modules/mailer', { names: /^(sendMail|verify)$/ });

add('job', 'bullmq bull bee-queue', { names: /^(add|addBulk|createJob|save)$/ });
add('job', 'inngest', { names: /^send$/ });
add('job', '@trigger.dev/sdk', {
  names: /^(trigger|batchTrigger|triggerAndWait|batchTriggerAndWait|triggerAndPoll|sendEvent|sendEvents)$/,
});
add('job', '@upstash/qstash @upstash/workflow', {
  names: /^(publish|publishJSON|batch|batchJSON|enqueue\w*|trigger)$/,
});
add('job', 'kafkajs', { names: /^(send|sendBatch)$/ });
add('job', '@google-cloud/pubsub', { names: /^(publish|publishMessage|publishJSON)$/ });
add('job', '@google-cloud/tasks', { names: /^createTask$/ });
add('job', '@novu/node @novu/api', { names: /^trigger\w*$/ });

add('file', 'fs/promises node:fs/promises fs-extra');
add('process', 'execa');
add('hash', 'bcrypt bcryptjs argon2 @node-rs/argon2 @node-rs/bcrypt', { names: /^(hash|compare|verify)$/ });
add('pause', 'timers/promises node:timers/promises', { names: /^(setTimeout|wait)$/ });
add('pause', 'delay', { names: /^default$/ });

const AWS: Package = { work: 'request', names: /^(send|done|promise)$/ };
const AWS_QUEUE: Package = { ...AWS, work: 'job' };
const AWS_MAIL: Package = { ...AWS, work: 'mail' };

/** Returns what it means to wait for what a package's module has by this path of names; undefined for anything quick or unknown. */
export function outsideWork(module: string, path: readonly string[]): OutsideWork | undefined {
  const name = path.at(-1) ?? '';
  if (module === '') return workOfLanguage(path);
  if (module === 'fs' || module === 'node:fs') return path.includes('promises') ? 'file' : undefined;
  const known = packageOf(module);
  if (!known || known.except?.test(name) || known.names?.test(name) === false) return undefined;
  return known.work;
}

/** `fetch(…)`; `new Promise((resolve) => setTimeout(resolve, ms))`, which is kept by the name of its timer. */
function workOfLanguage([name, ...more]: readonly string[]): OutsideWork | undefined {
  if (more.length > 0) return undefined;
  return name === 'fetch' ? 'request' : name === 'setTimeout' ? 'pause' : undefined;
}

function packageOf(module: string): Package | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? '';
  if (name.startsWith('@aws-sdk/')) {
    if (/^@aws-sdk\/client-sqs$/.test(name)) return AWS_QUEUE;
    if (/^@aws-sdk\/client-ses(v2)?$/.test(name)) return AWS_MAIL;
    return /^@aws-sdk\/(client-|lib-)/.test(name) ? AWS : undefined;
  }
  return packages.get(module) ?? packages.get(name);
}

/** The names of the packages whose calls mean waiting; a name that ends in `/` begins those of many. */
export function outsidePackageNames(): readonly string[] {
  return [...packages.keys(), '@aws-sdk/'];
}
