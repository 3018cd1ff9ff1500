/** Tokens that carry a mark of who issued them: one row a format, from what the vendors publish. */
import { isRandom } from './rarity.ts';
import type { Rule } from './rule.ts';
import { isVaried } from './values.ts';

/** No letter or digit stands in front, unless it ends an escape such as `\n` or `%3D`. */
const starts = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]|%[0-9A-Fa-f]{2}))';

const word = '[A-Za-z0-9]';
const wordy = '[A-Za-z0-9_]';
const url64 = '[A-Za-z0-9_-]';
const dotted = '[A-Za-z0-9_.-]';
const base64 = '[A-Za-z0-9+/=_-]';
const hex = '[0-9a-f]';
const hyphened = '[A-Za-z0-9-]';

const escaped = (literal: string) => literal.replace(/[.$+*()[\]{}|/]/g, '\\$&');

/**
 * A token that begins with one of the prefixes (a list with blanks between). `body` is a class of characters, `length` how
 * many of them make it whole, as a pattern says it. Being written, it is covered from the fourth on.
 */
function prefixed(id: string, prefixes: string, body: string, length: string, reference: string): Rule {
  const keywords = prefixes.split(' ');
  const prefix = `(?:${keywords.map(escaped).join('|')})`;
  const shortest = Math.min(...keywords.map((keyword) => keyword.length));
  return {
    id,
    type: 'secret',
    keywords,
    closed: new RegExp(`${starts}(?<value>${prefix}${body}${length})`, 'dy'),
    open: new RegExp(`${starts}(?<value>${prefix}${body}{4,})$`, 'dy'),
    accept: (value) => isVaried(value.slice(shortest)),
    reference,
  };
}

/** A prefix that ordinary names begin with too: what follows must look drawn at random. */
function shortPrefixed(id: string, prefixes: string, body: string, length: string, reference: string): Rule {
  const longest = Math.max(...prefixes.split(' ').map((prefix) => prefix.length));
  return {
    ...prefixed(id, prefixes, body, length, reference),
    accept: (value) => looksDrawn(value.slice(Math.min(longest, value.length - 8))),
  };
}

/** A token with a mark somewhere inside; `pattern` is all of it. */
function marked(id: string, keywords: string, pattern: string, reference: string): Rule {
  return {
    id,
    type: 'secret',
    keywords: keywords.split(' '),
    closed: new RegExp(`(?<![A-Za-z0-9])(?<value>${pattern})`, 'dg'),
    accept: isVaried,
    reference,
  };
}

/** An address that lets in whoever knows it: its host and path are public, what follows is the secret. */
function secretUrl(id: string, places: string, tail: string, reference: string): Rule {
  const keywords = places.split(' ');
  const place = `(?:${keywords.map(escaped).join('|')})`;
  return {
    id,
    type: 'secret',
    keywords,
    closed: new RegExp(`(?<value>(?:https?:\\/\\/)?(?:[\\w-]+\\.){0,4}${place}${tail})`, 'dg'),
    open: new RegExp(`(?<value>(?:https?:\\/\\/)?(?:[\\w-]+\\.){0,4}${place}[\\w./@-]{4,})$`, 'd'),
    accept: (value) => isVaried(value.slice(value.lastIndexOf('/') + 1)),
    delimited: true,
    reference,
  };
}

/** By its bigrams, or as hex, or by all three kinds of characters at a length that no name has. */
function looksDrawn(body: string): boolean {
  if (isRandom(body)) return true;
  if (!isVaried(body) || !/\d/.test(body)) return false;
  return (
    /^(?=.*[a-f])[0-9a-f-]{16,}$/i.test(body) ||
    (/^[A-Za-z0-9]{20,}$/.test(body) && /[a-z]/.test(body) && /[A-Z]/.test(body))
  );
}

const codeHosting: Rule[] = [
  prefixed('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', word, '{30,255}', 'docs.github.com: token formats'),
  prefixed('github-fine-grained-token', 'github_pat_', wordy, '{30,255}', 'docs.github.com: token formats'),
  prefixed(
    'gitlab-token',
    'glpat- gldt- glrt- glrtr- glptt- glcbt- glsoat- gloas- glft- glimt- glagent- glffct- glwt- GR1348941',
    '[A-Za-z0-9_.-]',
    '{15,255}',
    'docs.gitlab.com: token prefixes',
  ),
  prefixed('bitbucket-token', 'ATBB ATCTT3xFf', '[A-Za-z0-9_=.-]', '{24,300}', 'support.atlassian.com: app passwords'),
  prefixed('atlassian-token', 'ATATT3xFf ATSTT3xFf', '[A-Za-z0-9_=-]', '{60,300}', 'support.atlassian.com: API tokens'),
  shortPrefixed('gitea-token', 'gta_ gto_ forgejo_', word, '{32,64}', 'docs.gitea.com: access tokens'),
  prefixed(
    'sourcegraph-token',
    'sgp_ slk_ sgd_ sgs_',
    '[a-fA-F0-9_]',
    '{32,160}',
    'sourcegraph.com: access token formats',
  ),
  shortPrefixed('gerrit-cookie', 'git-', '[A-Za-z0-9_.=/-]', '{40,200}', 'gerrit-review.googlesource.com: cookies'),
];

const cloud: Rule[] = [
  {
    ...prefixed(
      'aws-access-key-id',
      'AKIA ASIA ABIA ACCA AIDA AROA',
      '[A-Z0-9]',
      '{16}(?![A-Za-z0-9])',
      'docs.aws.amazon.com: IAM identifiers, unique identifiers',
    ),
    accept: (value) =>
      isVaried(value.slice(4)) && !value.endsWith('EXAMPLE') && (value.length < 20 || /\d/.test(value)),
  },
  prefixed(
    'aws-bedrock-key',
    'ABSK bedrock-api-key-',
    '[A-Za-z0-9+/=]',
    '{80,400}',
    'docs.aws.amazon.com: Bedrock API keys',
  ),
  prefixed('aws-appsync-key', 'da2-', '[a-z0-9]', '{26}', 'docs.aws.amazon.com: AppSync API keys'),
  prefixed('aws-mws-token', 'amzn.mws.', '[0-9a-f-]', '{36}', 'developer-docs.amazon.com: MWS auth token'),
  prefixed('amazon-oauth-secret', 'amzn1.oa2-cs.v1.', word, '{32,80}', 'developer.amazon.com: Login with Amazon'),
  prefixed('google-api-key', 'AIza', url64, '{35}', 'cloud.google.com: API keys'),
  prefixed('google-oauth-secret', 'GOCSPX-', url64, '{20,40}', 'developers.google.com: OAuth client secrets'),
  prefixed('google-access-token', 'ya29.', url64, '{20,400}', 'cloud.google.com: access token format'),
  shortPrefixed('google-refresh-token', '1//0', url64, '{30,150}', 'developers.google.com: refresh tokens'),
  shortPrefixed('google-hmac-key', 'GOOG1', '[A-Z0-9]', '{18,60}', 'cloud.google.com: HMAC keys'),
  marked(
    'azure-client-secret',
    '8q~ 7q~',
    '[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}',
    'learn.microsoft.com: client secrets',
  ),
  marked(
    'azure-signed-key',
    'JQQJ99 AZDO +AStor AzFu +ACDb +ARmCa AzSe AzCa +ABa AIoT APIM +AEh +ASb',
    '[A-Za-z0-9+/]{24,80}(?:JQQJ99|AZDO|\\+AStor|AzFu|\\+ACDb|\\+ARmCa|AzSe|AzCa|\\+ABa|AIoT|APIM|\\+AEh|\\+ASb)[A-Za-z0-9+/]{4,60}={0,2}',
    'learn.microsoft.com: common annotated security keys',
  ),
  prefixed(
    'digitalocean-token',
    'dop_v1_ doo_v1_ dor_v1_ dop_v2_',
    hex,
    '{40,128}',
    'docs.digitalocean.com: token formats',
  ),
  prefixed(
    'digitalocean-spaces-key',
    'DO00 DO801',
    '[A-Z0-9]',
    '{16,17}(?![A-Za-z0-9])',
    'docs.digitalocean.com: Spaces keys',
  ),
  prefixed('cloudflare-origin-key', 'v1.0-', '[0-9a-f-]', '{100,200}', 'developers.cloudflare.com: origin CA keys'),
  shortPrefixed(
    'cloudflare-token',
    'cfut_ cfat_ cfk_',
    wordy,
    '{30,80}',
    'developers.cloudflare.com: API token formats',
  ),
  shortPrefixed('alibaba-key', 'LTAI', word, '{12,26}(?![A-Za-z0-9])', 'alibabacloud.com: AccessKey pairs'),
  shortPrefixed('tencent-key', 'AKID', word, '{13,48}(?![A-Za-z0-9])', 'cloud.tencent.com: API keys'),
  shortPrefixed('volcengine-key', 'AKLT', word, '{32,60}', 'volcengine.com: access keys'),
  shortPrefixed(
    'yandex-key',
    'AQVN YCAJ YCM t1.',
    '[A-Za-z0-9_.=-]',
    '{22,240}',
    'yandex.cloud: API keys, static keys, IAM tokens',
  ),
  shortPrefixed('yandex-oauth', 'y0_ y1_ y2_ y3_', url64, '{30,80}', 'yandex.com: OAuth tokens'),
  prefixed('heroku-key', 'HRKU-', url64, '{30,70}', 'devcenter.heroku.com: API key format'),
  prefixed(
    'fly-token',
    'fo1_ fm1_ fm2_ fm1a_ fm1r_ FlyV1',
    '[A-Za-z0-9_+/=,-]',
    '{30,800}',
    'fly.io/docs: access tokens',
  ),
  shortPrefixed(
    'vercel-token',
    'vcp_ vci_ vca_ vcr_ vck_ vercel_blob_rw_ vercel_',
    wordy,
    '{24,80}',
    'vercel.com/docs: token formats',
  ),
  shortPrefixed('netlify-token', 'nfp_ nfc_ nfo_ nfu_ nfb_', word, '{32,60}', 'docs.netlify.com: token formats'),
  shortPrefixed('render-key', 'rnd_', word, '{24,60}', 'render.com/docs: API keys'),
  prefixed('supabase-key', 'sbp_ sb_secret_ sbp_oauth_', '[A-Za-z0-9_-]', '{20,64}', 'supabase.com/docs: API keys'),
  prefixed(
    'planetscale-token',
    'pscale_tkn_ pscale_pw_ pscale_oauth_ pscale_otkn_',
    dotted,
    '{32,64}',
    'planetscale.com/docs: service tokens',
  ),
  shortPrefixed('neon-key', 'napi_ neon_', word, '{40,80}', 'neon.tech/docs: API keys'),
  prefixed('vault-token', 'hvs. hvb. hvr.', url64, '{20,300}', 'developer.hashicorp.com/vault: token prefixes'),
  marked(
    'terraform-token',
    '.atlasv1.',
    '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{40,80}',
    'developer.hashicorp.com/terraform: API tokens',
  ),
  prefixed('pulumi-token', 'pul-', hex, '{40}', 'pulumi.com/docs: access tokens'),
  prefixed('scaleway-key', 'SCW', '[A-Z0-9]', '{17}(?![A-Za-z0-9])', 'scaleway.com/docs: API keys'),
  shortPrefixed('tailscale-key', 'tskey-', hyphened, '{16,100}', 'tailscale.com/kb: key prefixes'),
  prefixed('infracost-key', 'ico-', word, '{32}', 'infracost.io/docs: API keys'),
  prefixed('openshift-token', 'sha256~', url64, '{40,50}', 'docs.openshift.com: OAuth tokens'),
  prefixed(
    'harness-token',
    'pat. sat.',
    '[A-Za-z0-9_-]',
    '{20,24}\\.[0-9a-zA-Z]{20,26}\\.[0-9A-Za-z]{18,24}',
    'developer.harness.io: API keys',
  ),
  shortPrefixed(
    'doppler-token',
    'rw_ koyeb_ dp.pt. dp.st. dp.sa. dp.ct. dp.scim. dp.audit.',
    '[A-Za-z0-9_.-]',
    '{36,80}',
    'docs.doppler.com: auth token formats',
  ),
];

const continuousIntegration: Rule[] = [
  prefixed('circleci-token', 'CCIPAT_ CCIPRJ_', '[A-Za-z0-9_]', '{40,120}', 'circleci.com/docs: API tokens'),
  prefixed('buildkite-token', 'bkua_ bkaj_ bkat_ bkct_', '[A-Za-z0-9]', '{30,80}', 'buildkite.com/docs: token formats'),
  prefixed('snyk-token', 'snyk_uat. snyk_sat.', dotted, '{30,120}', 'docs.snyk.io: service accounts'),
  prefixed('sonar-token', 'squ_ sqp_ sqa_', hex, '{40}', 'docs.sonarsource.com: token types'),
  shortPrefixed('prefect-token', 'pnu_ pnb_', word, '{36}', 'docs.prefect.io: API keys'),
  prefixed('octopus-key', 'API-', '[A-Z0-9]', '{25,32}(?![A-Za-z0-9])', 'octopus.com/docs: API keys'),
  prefixed(
    'launchdarkly-key',
    'sdk- api- mob-',
    '[0-9a-f]',
    '{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    'launchdarkly.com/docs: SDK keys and access tokens',
  ),
];

const chat: Rule[] = [
  prefixed(
    'slack-token',
    'xoxa- xoxb- xoxc- xoxd- xoxe- xoxe.xoxb- xoxe.xoxp- xoxo- xoxp- xoxr- xoxs- xapp-',
    '[A-Za-z0-9%/+-]',
    '{10,250}',
    'docs.slack.dev: tokens',
  ),
  secretUrl(
    'slack-webhook',
    'hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/',
    '[A-Za-z0-9]{6,}\\/[A-Za-z0-9]{6,}\\/[A-Za-z0-9/]{10,}',
    'docs.slack.dev: incoming webhooks',
  ),
  secretUrl(
    'discord-webhook',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    '\\d{5,20}\\/[A-Za-z0-9_-]{20,}',
    'discord.com/developers: webhooks',
  ),
  secretUrl(
    'teams-webhook',
    'outlook.office.com/webhook outlook.office365.com/webhook webhook.office.com/webhookb2/',
    '[\\w./@-]{30,}',
    'learn.microsoft.com: incoming webhooks',
  ),
  secretUrl(
    'google-chat-webhook',
    'chat.googleapis.com/v1/spaces/',
    '[\\w-]+\\/messages\\?key=[\\w&=%.-]+',
    'developers.google.com/chat: webhooks',
  ),
  secretUrl(
    'automation-webhook',
    'hooks.zapier.com/hooks/catch/ hook.us1.make.com/ hook.eu1.make.com/ maker.ifttt.com/trigger/ connect.pabbly.com/workflow/',
    '[\\w/-]{12,}',
    'help.zapier.com: webhooks',
  ),
  secretUrl(
    'opsgenie-webhook',
    'api.opsgenie.com/v1/json/ events.pagerduty.com/integration/',
    '[\\w?=/-]{20,}',
    'support.atlassian.com/opsgenie: integrations',
  ),
  {
    ...marked('telegram-token', ':aa', '\\d{7,11}:AA[A-Za-z0-9_-]{30,40}', 'core.telegram.org/bots: authorization'),
    // `bot` runs into the number in the addresses of its API.
    closed: /(?<![A-Za-ac-su-z0-9]|[^o]t)(?<value>\d{7,11}:AA[A-Za-z0-9_-]{30,40})/dg,
  },
];

const payment: Rule[] = [
  prefixed(
    'stripe-key',
    'sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_ rk_prod_ sk_org_',
    word,
    '{10,250}',
    'docs.stripe.com: API keys',
  ),
  prefixed('stripe-webhook-secret', 'whsec_', '[A-Za-z0-9+/=]', '{24,90}', 'docs.stripe.com: webhook signatures'),
  prefixed(
    'square-token',
    'sq0atp- sq0csp- sq0idp- EAAAE EAAAl',
    url64,
    '{20,120}',
    'developer.squareup.com: access tokens',
  ),
  marked(
    'braintree-token',
    'access_token$',
    'access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}',
    'developer.paypal.com/braintree: access tokens',
  ),
  prefixed(
    'shopify-token',
    'shpat_ shpca_ shppa_ shpss_ shptka_ shpua_ shpit_',
    word,
    '{28,64}',
    'shopify.dev: access tokens',
  ),
  prefixed('razorpay-key', 'rzp_live_ rzp_test_', word, '{10,40}', 'razorpay.com/docs: API keys'),
  prefixed(
    'plaid-token',
    'access-sandbox- access-development- access-production- public-sandbox-',
    '[0-9a-f-]',
    '{30,40}',
    'plaid.com/docs: tokens',
  ),
  prefixed(
    'flutterwave-key',
    'FLWSECK_TEST- FLWSECK- FLWPUBK_TEST- FLWPUBK-',
    hyphened,
    '{12,80}',
    'developer.flutterwave.com: API keys',
  ),
  prefixed('adyen-key', 'AQE', '[A-Za-z0-9+/=_.-]', '{80,400}', 'docs.adyen.com: API credentials'),
  prefixed('easypost-key', 'EZAK EZTK', word, '{54}', 'docs.easypost.com: authentication'),
  shortPrefixed('paddle-key', 'pdl_live_ pdl_sdbx_ pdl_', wordy, '{30,90}', 'developer.paddle.com: API keys'),
  shortPrefixed('gocardless-key', 'live_ sandbox_ test_', url64, '{28,60}', 'developer.gocardless.com: access tokens'),
  shortPrefixed(
    'duffel-token',
    'duffel_test_ duffel_live_ sk_sbox_ finicity_',
    url64,
    '{24,60}',
    'duffel.com/docs: access tokens',
  ),
  shortPrefixed('lob-key', 'live_pub_ test_pub_', hex, '{31,36}', 'docs.lob.com: API keys'),
  prefixed('shippo-token', 'shippo_live_ shippo_test_', hex, '{40}', 'docs.goshippo.com: authentication'),
];

const models: Rule[] = [
  prefixed(
    'openai-key',
    'sk-proj- sk-svcacct- sk-admin- sk-None- sk-service-',
    url64,
    '{20,250}',
    'platform.openai.com: API keys',
  ),
  prefixed('anthropic-key', 'sk-ant-', url64, '{20,250}', 'docs.anthropic.com: API keys'),
  prefixed('openrouter-key', 'sk-or-v1- sk-or-', hyphened, '{32,80}', 'openrouter.ai/docs: API keys'),
  shortPrefixed(
    'model-key',
    'sk-',
    url64,
    '{20,250}',
    'platform.openai.com, api-docs.deepseek.com, docs.litellm.ai: API keys',
  ),
  shortPrefixed('hugging-face-token', 'hf_ api_org_', word, '{30,64}', 'huggingface.co/docs: user access tokens'),
  shortPrefixed('replicate-token', 'r8_', word, '{30,50}', 'replicate.com/docs: API tokens'),
  shortPrefixed('groq-key', 'gsk_', word, '{40,64}', 'console.groq.com/docs: API keys'),
  shortPrefixed('xai-key', 'xai-', word, '{60,100}', 'docs.x.ai: API keys'),
  shortPrefixed('perplexity-key', 'pplx-', word, '{40,64}', 'docs.perplexity.ai: API keys'),
  prefixed('langsmith-key', 'lsv2_pt_ lsv2_sk_ ls__', '[0-9a-f_]', '{32,60}', 'docs.smith.langchain.com: API keys'),
  shortPrefixed('langfuse-key', 'sk-lf- pk-lf-', '[0-9a-f-]', '{36}', 'langfuse.com/docs: API keys'),
  shortPrefixed('pinecone-key', 'pcsk_ pckey_', wordy, '{40,90}', 'docs.pinecone.io: API keys'),
  shortPrefixed(
    'other-model-key',
    'fw_ csk- tgp_v1_ jina_ tvly- nvapi- esecret_ fc- e2b_ pa-',
    '[A-Za-z0-9_-]',
    '{22,120}',
    'docs.fireworks.ai, inference-docs.cerebras.ai, docs.nvidia.com, jina.ai: API keys',
  ),
  shortPrefixed('elevenlabs-key', 'sk_', '[a-f0-9]', '{40,64}(?![A-Za-z0-9])', 'elevenlabs.io/docs: API keys'),
  shortPrefixed('weights-and-biases', 'wandb_v1_ wandb_', wordy, '{40,90}', 'docs.wandb.ai: API keys'),
];

const registries: Rule[] = [
  shortPrefixed('npm-token', 'npm_', word, '{30,44}', 'docs.npmjs.com: access tokens'),
  prefixed('pypi-token', 'pypi-AgE', url64, '{40,400}', 'docs.pypi.org: API tokens'),
  prefixed('rubygems-key', 'rubygems_', hex, '{48}', 'guides.rubygems.org: API keys'),
  shortPrefixed('nuget-key', 'oy2', '[a-z0-9]', '{43}(?![A-Za-z0-9])', 'learn.microsoft.com/nuget: API keys'),
  shortPrefixed('crates-token', 'cio', word, '{32}(?![A-Za-z0-9])', 'crates.io: token format'),
  prefixed('docker-token', 'dckr_pat_ dckr_oat_', url64, '{20,64}', 'docs.docker.com: access tokens'),
  shortPrefixed('artifactory-key', 'AKCp AKC', word, '{50,80}', 'jfrog.com/help: API keys'),
  shortPrefixed(
    'artifactory-password',
    'AP1 AP2 AP3 AP5 AP6 AP7 AP8 AP9 APA APB APD',
    word,
    '{30,80}(?![A-Za-z0-9])',
    'jfrog.com/help: encrypted passwords',
  ),
  shortPrefixed('artifactory-reference-token', 'cmVmdGtu', word, '{40,64}', 'jfrog.com/help: reference tokens'),
  prefixed('clojars-token', 'CLOJARS_', word, '{50,64}', 'github.com/clojars: deploy tokens'),
  shortPrefixed('jsr-token', 'jsrp_ jsrd_ jsrt_', word, '{30,60}', 'jsr.io/docs: tokens'),
  shortPrefixed('gemfury-token', 'csm_ gemfury_', wordy, '{20,60}', 'help.cloudsmith.io: API keys'),
];

const monitoring: Rule[] = [
  prefixed(
    'new-relic-key',
    'NRAK- NRJS- NRAL- NRII- NRIQ- NRSP- NRAA- NRRA- NRBR-',
    '[A-Za-z0-9_-]',
    '{19,64}',
    'docs.newrelic.com: API keys',
  ),
  marked(
    'new-relic-license',
    'nral',
    '[0-9a-fA-F]{32,36}(?:FFFF)?NRAL(?![A-Za-z0-9])',
    'docs.newrelic.com: license keys',
  ),
  prefixed('pixie-key', 'px-api- px-dep-', '[0-9a-f-]', '{36}', 'docs.px.dev: API keys'),
  prefixed(
    'sentry-token',
    'sntrys_ sntryu_ sntrya_ sntryi_',
    '[A-Za-z0-9+/=_]',
    '{40,500}',
    'docs.sentry.io: auth tokens',
  ),
  secretUrl('sentry-dsn', 'ingest.sentry.io/ sentry.io/', '\\d{4,}', 'docs.sentry.io: DSN'),
  prefixed('grafana-token', 'glsa_ glc_ glpt_', '[A-Za-z0-9+/=_]', '{30,500}', 'grafana.com/docs: token formats'),
  shortPrefixed('grafana-old-key', 'eyJrIjoi', '[A-Za-z0-9+/=]', '{50,400}', 'grafana.com/docs: API keys'),
  prefixed(
    'dynatrace-token',
    'dt0c01. dt0s01. dt0s02. dt0s08. dt0a01. dt0e01. dt0s16.',
    '[A-Z0-9.]',
    '{24,100}',
    'docs.dynatrace.com: token formats',
  ),
  shortPrefixed(
    'honeycomb-key',
    'hcaik_ hcxik_ hcbik_ hcalk_ hcamk_ hcclk_ hcxlk_ hcxmk_',
    word,
    '{50,80}',
    'docs.honeycomb.io: API keys',
  ),
  shortPrefixed('datadog-key', 'ddapp_ ddp_ ddpat_', word, '{30,60}', 'docs.datadoghq.com: API and application keys'),
  prefixed('axiom-token', 'xaat- xapt-', '[0-9a-f-]', '{36}', 'axiom.co/docs: tokens'),
  prefixed('posthog-key', 'phx_ phc_ phs_', word, '{40,64}', 'posthog.com/docs: API keys'),
  shortPrefixed(
    'logfire-token',
    'pylf_v1_us_ pylf_v1_eu_ logdna_',
    word,
    '{30,64}',
    'logfire.pydantic.dev: write tokens',
  ),
  shortPrefixed('segment-token', 'sgp_', word, '{64}', 'segment.com/docs: public API tokens'),
];

const mail: Rule[] = [
  prefixed('sendgrid-key', 'SG.', dotted, '{40,100}', 'docs.sendgrid.com: API keys'),
  shortPrefixed(
    'mailgun-key',
    'key- pubkey-',
    '[0-9a-z]',
    '{32}(?![A-Za-z0-9])',
    'documentation.mailgun.com: API keys',
  ),
  marked('mailchimp-key', '-us', '[0-9a-f]{32}-us\\d{1,2}(?!\\d)', 'mailchimp.com/developer: API keys'),
  prefixed('brevo-key', 'xkeysib- xsmtpsib-', hyphened, '{64,100}', 'developers.brevo.com: API keys'),
  shortPrefixed('resend-key', 're_', wordy, '{24,48}', 'resend.com/docs: API keys'),
  shortPrefixed('mandrill-key', 'md- pk_ sib_', '[0-9a-zA-Z_-]', '{22,60}', 'developers.klaviyo.com: private keys'),
  prefixed('mailersend-token', 'mlsn.', hex, '{40,80}', 'developers.mailersend.com: API tokens'),
];

const accounts: Rule[] = [
  prefixed('encoded-jwt', 'ZXlK', base64, '{60,4000}', 'RFC 7519, once more in base64'),
  prefixed('intra-token', 's-s4t2ud- s-s4t2af-', hex, '{64}', 'api.intra.42.fr: applications'),
  shortPrefixed('clickhouse-key', '4b1d', word, '{38}(?![A-Za-z0-9])', 'clickhouse.com/docs: Cloud API keys'),
  prefixed(
    'authress-key',
    'sc_ ext_ scauth_ authress_',
    '[a-z0-9]',
    '{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}',
    'authress.io: service client keys',
  ),
  marked('maxmind-key', '_mmk', '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', 'dev.maxmind.com: license keys'),
  prefixed(
    'onfido-token',
    'api_live. api_sandbox. api_live_us. api_live_ca.',
    dotted,
    '{24,80}',
    'documentation.onfido.com: API tokens',
  ),
  prefixed('kolide-key', 'k2sk_v', '[A-Za-z0-9_]', '{20,60}', 'kolide.com: API keys'),

  prefixed('adafruit-key', 'aio_', word, '{28}', 'learn.adafruit.com: IO keys'),
  prefixed('onepassword-token', 'ops_eyJ', base64, '{100,2000}', 'developer.1password.com: service accounts'),
  prefixed('onepassword-secret-key', 'A3-', '[A-Z0-9-]', '{24,40}(?![A-Za-z0-9])', 'support.1password.com: Secret Key'),
  prefixed('age-secret-key', 'AGE-SECRET-KEY-1', '[A-Z0-9]', '{58}', 'age-encryption.org: secret keys'),
  prefixed('linear-token', 'lin_api_ lin_oauth_ lin_wh_', word, '{32,80}', 'linear.app/developers: API keys'),
  shortPrefixed('notion-token', 'ntn_ secret_', word, '{40,60}', 'developers.notion.com: tokens'),
  prefixed('figma-token', 'figd_ figp_ figo_ figs_ figu_', url64, '{30,80}', 'figma.com/developers: access tokens'),
  prefixed('postman-key', 'PMAK- PMAT-', hyphened, '{26,80}', 'learning.postman.com: API keys'),
  shortPrefixed('dropbox-token', 'sl. sl.u. sl.B', url64, '{60,1400}', 'dropbox.com/developers: short-lived tokens'),
  shortPrefixed(
    'facebook-token',
    'EAAC EAAB EAAG EAAD EAAM EAAJ EAAH',
    word,
    '{40,400}',
    'developers.facebook.com: access tokens',
  ),
  shortPrefixed(
    'instagram-token',
    'IGQV IGQW IGAA',
    url64,
    '{60,400}',
    'developers.facebook.com: Instagram access tokens',
  ),
  prefixed('twitter-bearer', 'AAAAAAAAAAAAAAAAAAAAA', '[A-Za-z0-9%]', '{60,200}', 'developer.x.com: bearer tokens'),
  shortPrefixed('mapbox-token', 'sk.eyJ tk.eyJ', dotted, '{60,300}', 'docs.mapbox.com: access tokens'),
  prefixed('contentful-token', 'CFPAT-', url64, '{40,50}', 'contentful.com/developers: personal access tokens'),
  prefixed(
    'databricks-token',
    'dapi dkea dose',
    '[0-9a-fA-F]',
    '{32}(?:-\\d{1,2})?',
    'docs.databricks.com: personal access tokens',
  ),
  shortPrefixed('ngrok-token', 'cr_ ngrok_', wordy, '{40,60}', 'ngrok.com/docs: authtokens'),
  shortPrefixed(
    'typeform-token',
    'tfp_',
    '[A-Za-z0-9_.=-]',
    '{40,80}',
    'typeform.com/developers: personal access tokens',
  ),
  prefixed(
    'hubspot-token',
    'pat-na1- pat-eu1- pat-na2- pat-ap1-',
    '[0-9a-f-]',
    '{36}',
    'developers.hubspot.com: private apps',
  ),
  shortPrefixed('readme-key', 'rdme_', word, '{60,80}', 'docs.readme.com: API keys'),
  prefixed('frameio-token', 'fio-u-', url64, '{50,80}', 'developer.frame.io: tokens'),
  prefixed('adobe-secret', 'p8e-', url64, '{32}', 'developer.adobe.com: client secrets'),
  shortPrefixed(
    'salesforce-token',
    '00D',
    '[A-Za-z0-9]',
    '{12,15}![A-Za-z0-9_.]{60,160}',
    'developer.salesforce.com: session ids',
  ),
  prefixed('salesforce-refresh-token', '5Aep861', dotted, '{60,120}', 'developer.salesforce.com: refresh tokens'),
  shortPrefixed(
    'wakatime-key',
    'waka_ waka_tok_ waka_sec_',
    '[0-9A-Za-z-]',
    '{36,80}',
    'wakatime.com/developers: API keys',
  ),
  prefixed('trello-token', 'ATTA', word, '{64,80}', 'developer.atlassian.com: Trello tokens'),
  prefixed(
    'asana-numbered-token',
    '1/12 2/12',
    '[0-9/]',
    '{12,40}:[0-9a-f]{32}',
    'developers.asana.com: personal access tokens',
  ),
  shortPrefixed('twitch-stream-key', 'live_', '[A-Za-z0-9_]', '{30,60}', 'dev.twitch.tv: stream keys'),
  prefixed(
    'infisical-token',
    'st.',
    '[0-9a-f]',
    '{24}\\.[0-9a-f]{32}\\.[0-9a-f]{32}',
    'infisical.com/docs: service tokens',
  ),
  shortPrefixed('deno-token', 'ddp_ ddo_ ddw_', word, '{30,44}', 'docs.deno.com: access tokens'),
  shortPrefixed('defined-networking-key', 'dnkey-', '[a-z0-9=_-]', '{40,100}', 'docs.defined.net: API keys'),
  prefixed('settlemint-token', 'sm_pat_ sm_aat_ sm_sat_', word, '{16,40}', 'console.settlemint.com: access tokens'),
  shortPrefixed(
    'teamcity-token',
    'eyJ0eXAiOiAiVENWMiJ9.',
    '[A-Za-z0-9_.-]',
    '{40,200}',
    'jetbrains.com/help/teamcity: access tokens',
  ),
  shortPrefixed(
    'jetbrains-token',
    'perm: perm-',
    '[A-Za-z0-9+/=_.-]',
    '{30,200}',
    'jetbrains.com/help: permanent tokens',
  ),
  prefixed('scalingo-token', 'tk-us- tk-eu-', url64, '{40,60}', 'developers.scalingo.com: API tokens'),
  prefixed('discord-mfa-token', 'mfa.', url64, '{60,100}', 'discord.com/developers: tokens'),
  prefixed(
    'keeper-token',
    'US: EU: AU:',
    '[A-Za-z0-9_-]',
    '{43}(?![A-Za-z0-9_-])',
    'docs.keeper.io: one-time access tokens',
  ),
  {
    id: 'jwt',
    type: 'secret',
    keywords: ['eyj'],
    closed: new RegExp(
      `${starts}(?<value>eyJ${base64}{10,}\\.(?:eyJ${base64}{10,}(?:\\.[A-Za-z0-9_-]*){0,3}|[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+){2,3}))`,
      'dy',
    ),
    open: new RegExp(`${starts}(?<value>eyJ${base64}{5,}(?:\\.[A-Za-z0-9_-]*){0,4})$`, 'dy'),
    reference: 'RFC 7519, RFC 7516',
  },
];

export const vendorTokenRules: readonly Rule[] = [
  ...codeHosting,
  ...cloud,
  ...continuousIntegration,
  ...chat,
  ...payment,
  ...models,
  ...registries,
  ...monitoring,
  ...mail,
  ...accounts,
];
