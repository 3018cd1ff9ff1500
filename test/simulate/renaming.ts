/** The same work in another project: most names are others, everywhere the same way. */

const first =
  'active async batch binary cached central client common compact current daily default deep direct early empty exact extra fast final first fixed flat fresh full global green hidden idle inner joint known large last lazy light linear local lower main major merged minor mixed narrow native nested next open outer parent partial plain prior public quick random rapid ready remote root safe shared short simple single small soft sorted spare stable static strict tidy total upper valid wide'.split(
    ' ',
  );
const second =
  'account anchor answer array badge basket batch beacon block board bridge bucket buffer button cache camera canvas card cell chain chart chunk circle client clock cloud column cookie counter cursor deck desk device diary draft drawer driver editor engine entry event field figure filter flag folder frame garden graph group handle header house index island item journal kernel ladder layer ledger lens letter level limit line list loader market matrix meter mirror model module monitor needle node note number object order packet page panel paper parcel parser path pattern piece planner player pocket pointer portal printer queue quota radar range reader record region report ring river route ruler sample scale scanner schema screen section sensor series sheet shelf signal sketch slice socket source stack station story stream string switch table target ticket timer token tower track tree tunnel union unit vector vessel video view wallet widget window worker writer zone'.split(
    ' ',
  );

/** Words of the languages, and names that everybody uses. */
const kept = new Set(
  'abstract and any array as assert async await bool boolean break case catch char class code const console constructor continue crate default def delete describe dict do elif else enum except export extends false finally float fn for from function get global if impl implements import in include int integer interface is it iter lambda len let list log loop map match mod module mut new none not null number object of or package pass print private protected pub public raise readonly ref require return returns self set slice static str string struct super switch test then this throw throws trait true try type typeof undefined unsafe usize use using value var vec void when where while with yield'.split(
    ' ',
  ),
);

export function renamed(text: string, project: number): string {
  return text.replace(/[A-Za-z_]\w{2,}/g, (word) => (kept.has(word.toLowerCase()) ? word : nameFor(word, project)));
}

function nameFor(word: string, project: number): string {
  const hash = hashOf(word, project);
  if (hash % 10 > 7) return word;
  const one = first[(hash >>> 4) % first.length];
  const other = second[(hash >>> 12) % second.length];
  return `${/^[A-Z]/.test(word) ? capital(one) : one}${capital(other)}`;
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

/** FNV-1a. */
function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
