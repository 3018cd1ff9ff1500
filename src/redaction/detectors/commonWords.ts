/** Words too frequent in code and prose to name anybody: a person, host or repository called so is left alone in text. */
export const commonWords: ReadonlySet<string> = new Set(
  `about access account action active actor actual add address admin agent alert alias all alpha also amount android
  angular answer any api app apple apps archive archived area args array art asset assets async auth author authors
  auto back backend backup balance banner bar base basic batch bean best beta bill billing bin block blog blue board
  body book boot bot box branch brand bridge brown browser buck bug build builder bundle button buttons bytes cache
  call callback camera canvas card carousel cart case cash cat catalog category center chain chance change changelog
  channel char charity chart chase chat check checkout child children chip chrome city class clay clean clear cli
  click client clock clone close cloud code coin color colors column columns come command comment comments common
  company compass complete component condition config configuration connect connection const contact contacts content
  context contributors control cookie cooper copy core count counter country course craft crane create cross crypto
  css current cursor custom customer daemon dashboard data database date dawn day dean debug default define delete
  demo deploy deposit design desk desktop detail details dev device dialog diff digital dir direct directory disk
  display doc docker docs document dom domain done down download draft drew drive drop dry dynamic edge edit editor
  element email employee empty encoding end endpoint engine entity entry env error errors event events example
  exchange exit expected explore export ext extension external face factory faith fallback false favorites feature
  featured features feed fetch field file files filter final find fire first fix fixture fixtures flag flash flow
  focus folder followers font foo football footer for form format forum foundation frame framework frank free friends
  front frontend full function gallery game gate gateway gene general get git github give glass global go gold good
  google grace grant graph gray green grid ground group guard guest guide guy hand handler hash head header health
  hello help helper helpers here hero hidden high history home honor hook hooks hope hour house hunter icon image
  images import in inbox index indices info init input inside install instance int integer integration interface
  internal interval invoice invoices issue issues item items iterator jack jar java javascript jay jean job jobs join
  js json just key keyboard kind king kit lab label lambda land landing lane language large last late launch layer
  layout lead learn left length letter level lib library license light like line link linux list listing little live
  load local locale location lock log login logo logout long look loop love machine mail main make man manager map
  mark market mason master match math may media member memory menu merchant merge message messages meta method metrics
  micro mid middleware migration migrations mike milestone minute mobile mock mode model module monitor month more
  move music my name native nav navbar net network new news next nick node none note nothing notification
  notifications null num number object office offset old onboarding one online open operator option options or oracle
  order orders origin other out output over overview owner package packages page panel parameter parent park parser
  part participant party pass password patch path pattern pay payment people performance permissions person pet phone
  photo photos pipe pixel place plain plan platform play player playground plugin point policy pool port portal post
  posts power preferences presets press preview price primary print private process product production products
  profile profiles program project projects promise prompt prompts property protocol provider proxy public pull pure
  push python query queue quick random range rate ratio raw ray reach react read reader real recent recommended record
  records red refactor reference refund region register registry release remote render repo report reports
  repositories repository request research reset resource response rest result return reviews rich right rob robin
  role root rose route router row rows rule run runner rust sample sandbox save scale schema scope score screen script
  scripts search season second secret section sections security select self send server service services session
  sessions set settings setup shape share shell shipping shop short show side sidebar sign signin signout signup
  simple single site size sky slider small smart snapshot snippets snow social socket software solution sort sound
  source sources space spark spec spring stack staff stage standard star start state static stats status step stone
  stop storage store stream street string strong studio style sub subject submit subscription subscriptions success
  sue summary summer sun super support swift switch sync system tab table tag target task tasks team teams tech tele
  template templates term terminal test tester tests text theme themes thing this thread ticket time timer title to
  today todo token tokens tom tool tools top topic total trace track trade train transaction transactions transfer
  translation tree trending trial trip true trust try type typescript ui unit universe unknown up update upload url
  use user users util utilities utility utils valid value van variable variables vendor vendors version versions video
  view views vim virtual visual void wade wait walk wall wallet ward watch water wave way weather web webhook webhooks
  website week west white widget widgets wiki will win window windows wire with wizard wood word words work worker
  workflow workspace workspaces world write writer xml year yes you young zero zone`.split(/\s+/),
);
