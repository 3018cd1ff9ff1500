/** Words near a string of unclear meaning that say whether it is a key. */

/** Services whose keys are plain hex, UUIDs or random letters: their names stand near them. */
const services =
  'abstract|adafruit|adobe|agora|aha|airbrake|airship|airtable|aiven|algolia|alchemy|alienvault|amplitude|apify|apollo|appcues|appdynamics|appfollow|artifactory|asana|atlas|atlassian|auth0|autodesk|avaza|aws|axonaut|azure|baidu|bamboo|beamer|bitbucket|bitcoin|bitfinex|bitly|bitmex|bittrex|blockfrost|braintree|branch|browserstack|brandfetch|buddyns|bugherd|bugsnag|buildkite|bulksms|calendarific|calendly|campayn|carbon|chatfuel|checkout|checkr|circleci|clearbit|clickhelp|clickup|clockify|cloudant|cloudflare|cloudimage|cloudinary|cloudsmith|cloze|codacy|codecov|codeclimate|coinapi|coinbase|coinlayer|cohere|confluent|contentful|convertkit|copper|couchbase|coveralls|crowdin|currency|customerio|datadog|deepgram|deepseek|delighted|detectify|digicert|digitalocean|discord|docker|docusign|doppler|drift|dropbox|droneci|duffel|dwolla|dynatrace|easypost|elastic|elevenlabs|etherscan|eventbrite|expo|facebook|fastly|fastspring|figma|filestack|finage|finicity|finnhub|firebase|fixer|flickr|flutterwave|foursquare|frameio|freshbooks|freshdesk|gemini|gengo|geocod|ghost|giphy|gitea|github|gitlab|gitter|gocardless|goodreads|google|grafana|graphcms|gumroad|guru|harvest|helpscout|hellosign|heroku|hereapi|honeybadger|honeycomb|hubspot|huggingface|hunter|infura|instagram|intercom|intrinio|ipdata|ipgeo|ipstack|iterable|jenkins|jfrog|jira|jumpcloud|kairos|keen|klaviyo|kraken|kucoin|lastfm|launchdarkly|line|linear|linkedin|linode|lob|loggly|logz|looker|magento|mailboxlayer|mailchimp|mailgun|mailjet|mailmodo|mailsac|mandrill|mapbox|maptiler|maxmind|mattermost|messagebird|mesibo|microsoft|midtrans|mistral|mixpanel|monday|moosend|mongodb|moralis|nasa|netlify|newrelic|new_relic|nexmo|nightfall|ngrok|npm|nytimes|okta|onelogin|onesignal|openai|opencage|openweather|opsgenie|optimizely|paddle|pagerduty|pandadoc|particle|paypal|pinata|pinecone|pipedrive|plaid|planetscale|plivo|polygon|positionstack|posthog|postmark|prismic|pubnub|pulumi|pushbullet|pusher|pushover|qualaroo|quicknode|rapidapi|razorpay|readme|recaptcha|redis|rollbar|salesforce|saucelabs|scrapingbee|segment|sendbird|sendgrid|sendinblue|sentry|shodan|shopify|shortcut|shutterstock|signalwire|sinch|slack|softlayer|sonar|soundcloud|sparkpost|splunk|spoonacular|spotify|square|squarespace|stormglass|strava|stripe|sumologic|surveymonkey|tatum|tavily|teamcity|telegram|telnyx|thingsboard|tineye|todoist|tomtom|transifex|travis|trello|twilio|twitch|twitter|typeform|unify|unsplash|userstack|vault|vercel|veriphone|virustotal|vonage|wakatime|walkscore|weatherbit|weatherstack|webex|webflow|wepay|whoxy|wistia|woocommerce|wrike|yandex|yelp|youtube|zapier|zendesk|zenscrape|zeplin|zerobounce|zipcode|zoho|zoom';

/** A name that says key, and not that it is what a key is looked up by. */
const nameLike =
  /(?:secret|passw|passphrase|token|api|cred|bearer|private|licen[cs]e|webhook|signing|encrypt|account|access|client|consumer|authoriz|subscription|cookie|session|nonce|salt|pepper|seed|_key|-key|Key|KEY|\bkey|\bauth|\bpat\b|\bpwd|\bsid\b|\bsig\b|\bjwt\b|app[_-]?id|x-[a-z-]*key)/i;

const serviceLike = new RegExp(`(?<![a-z])(?:${services})`, 'i');

/** Names of digests, of revisions and of what is public: what stands behind them is no secret. */
const publicLike =
  /(?:sha-?\d|sha\b|md5|hash|digest|integrity|checksum|crc|commit|revision|\brev\b|\bref\b|etag|fingerprint|thumbprint|version|build|uuid|guid|public|pubkey|blob|tree|parent|head|trace|span|request|color|colour|\bid\b|resolved|\bimage\b|layer|container|\bcss\b|class|selector|mappings|chunk|asset|bundle)[\w"'-]{0,12}[^\w]{0,6}$/i;

/** Whether what stands in front of a string, on its line and a little above, says that it is a key. */
export function hintsAtKey(before: string): boolean {
  if (publicLike.test(before)) return false;
  return nameLike.test(before) || serviceLike.test(before);
}

export function hintsAtPublic(before: string): boolean {
  return publicLike.test(before);
}

/** A name that ends in a word for keys, or holds a service's name, and the operator behind it. */
const keyName = new RegExp(
  `(?:(?:secret|passw\\w{2,3}|token|api|cred\\w*|bearer|licen[cs]e|webhook|signing|encrypt\\w*|authoriz\\w*|subscription|cookie|session|salt|key|auth|pat|pwd|sid|jwt)s?(?:[_-]?(?:id|key|value|v\\d|\\d))?|(?<![a-z])(?:${services})\\w{0,20})\\\\?["'\`\\]]{0,2}[ \\t]{0,20}(?:[:=]{1,2}>?|=>|,)[ \\t]{0,20}[\\\\@]?["'\`]?$`,
  'i',
);

/** Whether the name right before a string, `name: "`, is a key's. */
export function namesKey(before: string): boolean {
  return !publicLike.test(before) && keyName.test(before);
}
