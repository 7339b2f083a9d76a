"""Hand-made words behind `identifying`: given names, and capitalised words that name nobody.

Lower case, without accents. A word missing here costs a needless warning or a missed one, no more.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words("""
aaliyah aaron abdi abdul abdullah abigail abu adam ade adeola adnan agnes agnieszka ahmed aiden
aisha aishah aisling ajay akeem alan albert alejandro alex alexander alexandra alfie ali alice
alicia alina alisha alison allan amanda amara amelia amina aminata amir amira amit amy ana anastasia
andre andrea andrei andrew andrzej angela angus anil anita anjali ann anna anne annie anthony
antonio anya archie aria ariana arjun arthur arun asha ashley asif asma astrid ava awa ayaan ayesha
aysha ayse azra babatunde barbara barry beatrice becky bella ben benjamin bernadette beth bethany
bilal billy blessing bob bogdan bradley brandon brenda brian bridget bronwyn bruno bryan callum
cameron camila carl carla carlos carmen carol caroline catherine cathy charlene charles charlie
charlotte chelsea cheryl chidi chinedu chloe chris christina christine christopher ciara claire
clare cleo colin connor conor courtney craig cristina curtis damian daniel daniela danielle danny
darren dave david dawid dean deborah debbie declan deepa denise dennis derek destiny diana diane
diego dilys dmitri dominic donna dorota duncan dwayne dylan ebony eddie edward efua eileen elaine
eleanor elena eli elif elijah elisa elizabeth ella ellen ellie elliot ellis elsie emeka emily emir
emma emmanuel emre eric erin esme esra esther ethan eva eve evelyn evie ewa ezra fabio farah farhan
farid fatima fatou fatoumata fatuma femi fergus fernando finlay fiona florence folake francesca
francis freddie freya gabriel gabriela gareth gary gavin gemma geoff george georgia georgina gerald
gillian giovanni giuseppe glenn gloria gordon grzegorz gulsen gurpreet gwen gwyneth habiba hadiza
hakim halima hamza hana hanna hannah hardeep harley haroon harriet harry haruna harvey hasan hassan
hayley hazel heidi helen helena henry hussain hussein hugo hyacinth iain ian ibrahim ifeoma ikram
ilyas imani imran ines inga ioana iqra irena irene isaac isabel isabella isha isla ismail ivan iwona
jackie jacob jacqueline jacqui jaden jaime jake jakub jamal james jameela jamie jane janet janice
jason jasmin jaswinder javier jay jaya jayden jean jeff jenna jennifer jenny jeremy jermaine jerome
jess jesse jessica jessie jill jim jimmy joan joanna joanne jodie joe joel john johnny jon jonathan
jordan jorge jose joseph josh joshua joyce juan juanita judith julia julian julie justin justyna
kacper kai kamal kamil kamila karen karim karol kasia katarzyna kate katherine kathleen kathy katie
katrina kayden kayla kayleigh keisha keith kelly kelvin ken kenji kenneth kerry kevin khadija
khadijah khaled khalid kiera kieran kim kira kirsty kofi krishna krystyna krzysztof kuba kwame kwesi
kyle kylie laila lakshmi lamar lara latoya laura lauren laurence leah leanne lee leila leo leon
leroy leslie lewis lexi liam lina linda lindsay ling lisa logan lorraine louis louisa louise lola
lucas lucia lucy luis luka lukasz luke luqman lydia lynn lynne maciej madeleine madison magda
magdalena mahmoud maisie malcolm malik manjit manuel marcin marco marcus margaret maria mariam
marian marie marina mario marion marlon marta martha martin martyn mary maryam mason mateusz matilda
matt matthew maureen maurice maya megan mehmet mei melanie melissa mia michael michal michelle mick
miguel mikael mike mikey milan mina ming miriam mitchell moesha mohamed mohammad mohammed mohamud
molly momodou monica monika morgan moses muhammad mumtaz musa mustafa myra nabil nadia nadine nafisa
naima naomi nasir nasreen natalia natalie natasha nathan nazia neil nestor ngozi niamh nicholas
nicola nicole nigel nikita nikki nina noah nora noreen nuala nyla obinna oisin ola olga oliver
olivia oluwaseun olu omar oscar osman owen pablo pamela pascal patricia patrick patrycja paul paula
pauline pavel pedro penelope peter phil philip phoebe piotr preeti priya rachael rachel radoslaw
rafal rahim rahul raj rajesh raluca ranjit rashid rashida raul raymond rebecca reece rehana renata
rhiannon rhys ricardo richard riley rita robbie robert roberto robin rodrigo roger rohan roisin
roman ronan ronnie rory rosa rosalind rosemary rosie ross rowan roy ruqayyah rukhsana russell ruth
ryan sabina sabrina sadia safiya sahra saima sakina salim sally salma sam samantha samir samira
samuel sandra sanjay santiago saoirse sara sarah sasha scarlett scott sean sebastian selina selma
seren shabnam shahid shaniqua shanice shannon sharon shaun shauna shayla sheila shelley sherif
shirley shreya sian sienna simon simone siobhan sofia solomon sonia sonya sophia sophie stacey
stefan stella stephanie stephen steve steven stuart suleiman sumaya sunita suresh susan suzanne
svetlana sylvia tahir tamara tamika tania tanisha tanya tariq tasha tatiana tayo temi terence teresa
terry thabo thanh theo theresa thomas tiffany tim timothy tina toby tom tomasz toni tony tracey
tracy trevor tunde tyler tyrell tyrone uche ursula usman valentina valerie vanessa vera veronica
vijay vikram vincent vivian wahid wanda wayne wendy william winston xin yasin yasmin yasmine yolanda
yousef yusra yusuf yvette yvonne zac zach zachary zahra zain zainab zak zara zeynep zoe zofia
zuzanna
""")

# Names that are also words: taken for a name in the middle of a sentence, not at its start.
NAMES_THAT_ARE_WORDS = _words("""
amber art basil bill carter chase cliff coral crystal daisy dale dawn dean drew eve fern frank gene
ginger glen guy heath heather holly hope iris ivy jack jade jasmine jasper jewel josh joy lance
laurel lily mark max melody mercy miles nick norm olive opal pat patience pearl penny pepper peggy
pip poppy precious princess ray reed rich rob robin rod rose ruby rusty sandy sky sonny stone storm
sue sunny tiger troy victor victoria violet wade warren wes will willow wren
""")

# Words that are sometimes names: taken for one only beside "spoke to", "Mrs", "'s mum" or the like.
WORDS_THAT_ARE_NAMES = _words("""
angel april august jan autumn christian faith grace grant june king love may prince star summer
young
""")

# After the loose ones only a word that is on no list is a name: "Miss School", "Baby Group".
LOOSE_TITLES = _words("""
miss dr sir lady lord pc auntie aunty aunt uncle nan nana nanny gran granny grandma grandad grandpa
baby
""")
TITLES = LOOSE_TITLES | _words("mr mrs ms mx rev revd dc wpc sgt cllr prof")
PARTICLES = _words("van der den von de del della di da dos la le el al bin ibn abu ter ten")

KIN = _words("""
mum mums mother mam mummy dad dads father daddy parent parents nan nanny gran granny grandma grandad
grandmother grandfather aunt auntie uncle brother sister sibling siblings son daughter cousin baby
twin partner boyfriend girlfriend husband wife carer stepdad stepmum
""")
BELONGINGS = _words(
    "home house flat dob birthday number phone mobile address teacher behaviour school"
)
HOUSEHOLDS = _words(
    "family families household twins siblings brothers sisters boys girls children kids"
)
SAYS = _words("""
said says told came asked asks wants wanted disclosed cried attended left lives arrived felt feels
rang phoned texted thinks reported
""")
# Who follows is a person: the first stand alone, SPEAKS before "to", "with", "of" or "about".
MEETS = _words(
    "met saw rang phoned called texted emailed e-mailed visited told asked named thanked"
)
MEETS_OR_MEANS = MEETS | _words("re seen is discussed discuss")
SPEAKS = _words("""
spoke spoken speak talked talking talk chat chatted met meeting call discussion conversation visit
letter wrote mum mother dad father nan gran brother sister son daughter parent parents carer worried
concerned concern concerns message advice discussed
""")
MOVES = _words("""
moved moving move went going go walked walk transferred transfer transition trip bus over back came
relocated outreach up
""")
SENT = _words("call text message letter email e-mail heard news note request phone-call hear")

# A lower-case word after a capitalised one that makes it a place, a class or a programme.
PLACES_AFTER = _words("""
school schools primary secondary infant infants junior juniors nursery academy college centre
centres hospital surgery clinic library park playground road street lane avenue estate church mosque
temple hall ward class room form playgroup market station council court team project office area
site festival day speaking speakers programme course model drop-in branch campus hub refuge hostel
police pool forum
""")
# The same when capitalised; it may stand anywhere after the first word.
PLACES = PLACES_AFTER | _words("""
house close way terrace gardens green hill square place grove crescent court view lodge association
charity trust foundation forum network partnership service services group club society federation
week evening morning party unit borough city county town village university alliance agency
department panel board assembly community st rd ave children's early health medical leisure sports
""")
NEAR = _words("at in near outside around across via towards opposite behind inside off by")
LABELS = _words("""
room rm hall week wk wks group class level lvl block form term flat year yr y child family parent
pupil student option plan part phase unit stage session page section appendix table bus route stream
set band team house floor grade tier vitamin case item no number
""")

# Letters that stand for a thing or a post, not for a person.
ACRONYMS = _words("""
aa ab ac adhd ae am aob asap asb asbo asd bb bcg bme bsl ca cab caf camhs ccg cd ce ceo cf cfs chscb
cic cin cla cmht co cp cpd cpn cpr crb csa cse ct cv cyp da daa dbs de dfe dht dla doh doi dsl dt dv
dvd dwp eal ebd ec ecm ed eec eep eh eha ehc ehcp ehe el elsa ema en eng ep eps es esa esol etc ey
eyfs eypp fa faq fc fe fg fgc fgm fii fip fis fm foi fs fsm fsp fsw ft fte fu gb gcse gdpr gi gp gps
gum ha hb he hmo hod hq hr hs ht hv hvs ia iapt ict id iep iq iro it itv iv iwf ks la lac lado lbh
lea leo lgbt lm ln lo lsa lscb lt ma maf mapp marac mash md me mh mmr mp mps mr ms na nb nct neet
nfa nhs ni nqt nspcc nvq oap ofsted ok om oohs ot pa pal pals pc pcso pcsos pct pe pep phse plo pm
pmld po pp pps pr pru ps psa psb psed pshce pshe pt pta ptfa pto ptsa pv qa qr re rag rcpch rd rsvp
sa sal salt sats sb scr sdq sea sen senco send sendco sf shmt sia slt smt sms sn sos spld ss ssd ssw
st sta std sw swa sws ta tac taf tas tbc tc tel tis tp tv uasc uc uk um up us usa ve vi vip vs wc
wfi wi wk wp wpc wtc yip yjs ymca yos yot yr yw
""")

# Ordinary words, posts, agencies, faiths, languages and places that carry a capital.
HARMLESS = _words("""
then they there their those that so just he him his had has have gave give put let around ahead
lone single pregnant tired stressed isolated vulnerable large few sick everybody anybody someone
others electrician driver neighbour landlord manager cook massage a about absence abuse academic
access achievement action activity adult advice adviser advisory advocate after again against agency
agenda agreed aid alcohol an and another anti anxiety anyone arrears art as asked assembly
assessment assistant at attached attendance aunt authority autism available award away baby back
bank baptist barnardo barnardos base be behaviour benefit bereavement better bingo block blue board
book booked bookstart borough boy breakfast bring brother brownie buddhist budget building bully bus
business buy by cafe call called came camp can cancelled card care career caretaker carer caring
case catholic celebration centre chair change charity chat check checklist chess child childcare
childline childminder children choice christmas church circle citizen citizens city clerk client
clinic closed club code coffee college commission committee common community company concern
conference confidential connexions consent consultation contact control cooking coordinator council
councillor counselling counsellor county course court cover covid craft creative creche credit
crisis cubs culture curriculum dad daddy dads daily dance data date daughter day deaf debt decision
department deputy designated detached development diabetes did dinner director disability discipline
discussed discussion district diversity do doctor does domestic done door double draft drama drink
drive drop drug dss due during duty each early easter eating eco education educational eid either
email emergency emotional equality evaluation evening event every everyone ex exam excellence
exclusion extended facebook facilitator fair faith families family farm father fathers february
feedback film finance fire first five flu follow food football for forest form formal forum forward
foster fostering foundation four free friend from front full fund funding future game garden gate
general gingerbread girl good google got governor grandad grandfather grandma grandmother
grandparent gran granny great green group guardian guidance guide guides gym hall handover hanukkah
harvest has head headteacher healthy health hearing heating help her here hers high hindu hindi
history hiv holiday home homelessness homestart homework hospital hostel hot hour hours house
household housing i ideas if in inclusion incredible independent induction infant informal
information initiative instagram insurance interim internet interpreter invitation is islam it
jewish job jobcentre joint journey judaism junior key kids kindness kitchen labour lady late latest
law lead leader leaflet learning leaver left legal leisure less letter level liaison library life
light link linked list literacy living local low lunch lunchtime made magic maintenance make male
mam man many market mass maternity math maths matters me meal medical medicine meet meeting member
memorial men mental mentor mentoring message messy met methodist microsoft midday middle midwife
mind mini minister minute mobile mondays money monthly more morning mosque mother mothers move multi
mum mummy mums muslim music must my nan national need needs neglect neighbourhood neither network
new news newsletter next night no non none norland normal not note now number nursery nurse
nutrition nutritionist occupational of off office officer old on once one online only open operation
opportunity or orthodox other our ours out outcome outdoor outreach over own paediatrician page paid
panel parent parental parenting parents park part partner partnership party past pastoral patch path
pathfinder pathway pension pentecostal people permanent personal pharmacy phone phoned physio
physiotherapist picnic pilot place plan planning play playground playgroup playscheme please police
policy positive possibly post power practice praise prayer pre pregnancy premium prep preschool
pressure prevent prevention primary principal prison private probation problem programme progress
project protection protestant protocol psychiatrist psychologist psychology public pupil purim
pushchair quarterly question quick quiet quiz quran ramadan rang re read reading reason reception
recovery red referral referred refuge refugee regular rehoused relationship religious relate
reminder rent report request rescheduled residential resource respect respite response rest review
rhyme right risk road role room round royal rubbish safe safeguarding safer same sats save saw
school schools science scout seat second secondary secretary section see self senco senior sensory
service session set sexual shabbat she shelter shop short sibling sikh similar sister site six
skills skype smoking snack snow social society solicitor solution some son soon special specialist
speech sport spring staff staffing stage start started state statement statutory stay steering step
still stop story strategy street strength stress strong student study substance suggested suggestion
sunday sunshine supermarket supervision support supporting surgery swimming system talk task tax tea
teach teacher teaching team teen teenage teenager teens telephone tell ten term terms test thank
thanks the therapist therapy these thing third this three threshold tiny time times to today toddler
together told tomorrow tonight top toy tracker trade tribunal training transition travel traveller
treasure treatment trip trust tuesdays tutor twelve twin twitter two under uniform union unit
universal unregistered until up update us useful usual very vicar video violence visit visited
visiting visitor voice volunteer voucher waiting walk walking warden warm washing water we weather
website week weekend weekly welcome welfare well went wet what whatsapp when where which while who
why wifi will windows winter with without woman women work worked worker workforce working workshop
world worried write yes yesterday yet yoga you young your youth youtube zone zoom zumba teams excel
word powerpoint outlook tesco asda lidl aldi sainsbury morrisons argos ikea primark boots mcdonald
samaritans mencap scope nspcc ymca oxfam stonewall kooth thrive triple webster-stratton solihull
freedom makaton portage lego webster stratton eyfs ofsted jehovah witness christian diwali vaisakhi
nowruz halloween bonfire remembrance mothering pancake shrove ash lent advent pentecost passover
holi lunar chinese monday tuesday wednesday thursday friday saturday mon tue tues wed weds thu thur
thurs fri sat sun january march april may june july august september october november december jan
feb mar apr jun jul aug sep sept oct nov dec summer autumn gmt bst british english scottish irish
welsh polish turkish kurdish somali bengali sylheti urdu punjabi gujarati tamil arabic french
spanish portuguese italian german romanian bulgarian albanian russian ukrainian lithuanian latvian
hungarian slovak czech greek farsi dari pashto persian yoruba igbo twi akan lingala swahili amharic
tigrinya mandarin cantonese vietnamese thai nepali roma romany gypsy african asian
caribbean european american black white mixed hebrew yiddish britain england scotland wales ireland
london europe africa asia america poland turkey somalia bangladesh pakistan india nigeria ghana
congo ethiopia eritrea syria iraq iran afghanistan jamaica romania bulgaria albania kosovo portugal
spain france germany italy ukraine russia china vietnam sudan kenya uganda zimbabwe hackney
islington haringey camden westminster lambeth southwark lewisham greenwich newham tower hamlets
barking dagenham redbridge waltham enfield barnet brent ealing hounslow hillingdon harrow richmond
kingston merton sutton croydon bromley bexley havering wandsworth hammersmith fulham kensington
chelsea tottenham dalston shoreditch stratford leyton walthamstow edmonton finsbury clapton homerton
brixton peckham birmingham manchester liverpool leeds sheffield bristol newcastle nottingham
leicester bradford coventry cardiff swansea glasgow edinburgh dundee aberdeen belfast luton oxford
cambridge kent essex surrey sussex yorkshire lancashire devon cornwall norfolk suffolk brighton
southend margate north south east west northern southern eastern western central
""")

POSTCODE_AREAS = _words("""
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH
EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M
ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST
SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
""")
