/** Which addresses name somebody's mailbox or machine: not those of documentation, private networks and services. */

/** Country codes, and the other top-level domains that mail comes from. */
const domains = new Set(
  (
    'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ' +
    'ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl ' +
    'gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky ' +
    'kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl ' +
    'no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss ' +
    'st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm ' +
    'zw com org net edu gov mil int info biz name pro dev app cloud tech online site store shop blog page xyz club agency ' +
    'studio design systems software solutions services group team work works world zone email company digital media network ' +
    'consulting engineering ventures capital health energy academy school university social events live news life today ' +
    'global international foundation community center science bio eco green legal care clinic dental doctor finance ' +
    'financial bank insurance money exchange market marketing holdings enterprises industries partners properties estate ' +
    'house land city town berlin london paris nyc tokyo amsterdam hamburg koeln wien bayern swiss africa asia cat travel ' +
    'jobs mobi museum post tel aero coop tools codes hosting domains games fun art music film photo photos photography video ' +
    'gallery graphics space website web link top win vip icu ltd gmbh inc llc training coach guru expert ninja rocks cool chat ' +
    'internal corp lan intra intranet local'
  ).split(' '),
);

const sharedMailbox = /^(?:git|hg|svn|noreply|no-reply|donotreply|do-not-reply|mailer-daemon|postmaster|nobody)@/i;
const exampleDomain = /@(?:[\w-]+\.)*example\.[a-z]+$|\.(?:test|invalid|localhost|example)$/i;
/** `icon@2x.png`, `module@x.js`. */
const fileLike = /@\dx\.|\.(?:png|jpe?g|gif|svg|webp|ico|css|jsx?|tsx?|md|json)$/i;

export function isMail(value: string): boolean {
  if (sharedMailbox.test(value) || exampleDomain.test(value) || fileLike.test(value)) return false;
  const domain = value.slice(value.lastIndexOf('.') + 1);
  return /^xn--/i.test(domain) || (domains.has(domain.toLowerCase()) && /^(?:[a-z]+|[A-Z]+)$/.test(domain));
}

/** RFC 6890 and the resolvers that everybody asks. */
export function isPublicIpv4(value: string): boolean {
  const parts = value.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255))
    return false;
  const [a, b, c, d] = parts.map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if ((a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32)) return false;
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) return false;
  if (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) return false;
  if (a === 203 && b === 0 && c === 113) return false;
  // What ends so is a network or a version, and no machine.
  if (c === 0 && d === 0) return false;
  return !/^(?:8\.8\.(?:8\.8|4\.4)|1\.[01]\.[01]\.1|9\.9\.9\.9|149\.112\.112\.112|208\.67\.22[02]\.22[02])$/.test(
    value,
  );
}

/** Versions of four parts are made of small numbers, and few addresses are. */
export function looksLikeVersion(value: string): boolean {
  return value.split('.').every((part) => Number(part) < 20);
}

/** Global unicast without documentation (RFC 3849, RFC 9637) and well-known resolvers. */
export function isPublicIpv6(value: string): boolean {
  const groups = ipv6Groups(value);
  if (!groups || groups[0] >> 13 !== 1) return false;
  if ((groups[0] === 0x2001 && groups[1] === 0xdb8) || (groups[0] === 0x3fff && groups[1] < 0x1000)) return false;
  return !/^(?:2001:4860:4860:|2606:4700:4700:|2620:fe:)/i.test(value);
}

function ipv6Groups(value: string): number[] | null {
  const halves = value.split('::');
  if (halves.length > 2) return null;
  const [head, tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

/** A network card's own address: not a group's, not one for documentation (RFC 9542), not one of ours. */
export function isMac(value: string): boolean {
  const bytes = value.toLowerCase().replace(/[^\da-f]/g, '');
  if (/^(?:00005e|01005e|3333|020000)|^(.)\1*$/.test(bytes)) return false;
  // Three dotted groups without a digit, or of digits alone, are words or numbers.
  return !value.includes('.') || (/\d/.test(bytes) && /[a-f]/.test(bytes));
}
