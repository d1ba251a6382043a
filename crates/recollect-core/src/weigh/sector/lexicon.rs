//! The words of English by what they do in a sentence, for telling sectors apart.
//!
//! A class is a name, a group and its words, in lower case and in their base form
//! where it has regular others: `ACT` verbs also stand for their "-s", "-ed" and
//! "-ing" forms. Phrases of two words count beside their parts. A word stands in one
//! class only, which a test watches. The lists come from general knowledge of how
//! people talk about work; what a class says for or against a sector is fitted
//! (`weights.rs`), so after any change here fit again (`npm run quality -- --fit-sectors`).

/// What a sentence as a whole has in it: bits of a mask.
pub(super) const PAST: u8 = 1;
/// Somebody speaks of himself.
pub(super) const ME: u8 = 2;
/// Somebody speaks of his group.
pub(super) const WE: u8 = 4;
/// Something is said to be so.
pub(super) const STATE: u8 = 8;
/// Something is weighed.
pub(super) const JUDGE: u8 = 16;
/// Something is felt.
pub(super) const FEEL: u8 = 32;

/// Classes that a word has by its shape, and of what stands between words: name and group.
pub(super) const SHAPES: &[(&str, u8)] = &[
    ("nothing", 0),
    ("start", 0),
    ("end", 0),
    ("stop", 0),
    ("question mark", 0),
    ("exclamation mark", FEEL),
    ("colon", 0),
    ("semicolon", 0),
    ("line end", 0),
    ("comma", 0),
    ("dash", 0),
    ("dots", 0),
    ("code mark", 0),
    ("quote", 0),
    ("bracket", 0),
    ("option", 0),
    ("percent", 0),
    ("smiley", FEEL),
    ("clock", 0),
    ("number", 0),
    ("number with letters", 0),
    ("code", 0),
    ("past form", PAST),
    ("past act", PAST),
    ("present act", STATE),
    ("doing", 0),
    ("-ing", 0),
    ("acronym", 0),
    ("-s", 0),
    ("-ly", 0),
    ("first capital", 0),
    ("capital", 0),
    ("abstract", 0),
    ("quality", 0),
    ("word", 0),
];

/// Name, group and words of each class.
pub(super) const LEXICON: &[(&str, u8, &str)] = &[
    ("i", ME, "i"),
    ("im", ME, "i am,i was,i'm,im"),
    ("ive", ME, "i had,i have,i've"),
    ("id", ME, "i would,i'd,i'll"),
    ("me", ME, "me,myself"),
    ("my", ME, "mine,my"),
    ("we", WE, "we,we'll,we're"),
    ("weve", WE, "we had,we have,we'd,we've"),
    ("us", WE, "ourselves,us"),
    ("our", WE, "our,ours"),
    ("you", 0, "u,you,you'd,you'll,you're,you've"),
    ("your", 0, "your,yours,yourself"),
    ("he", 0, "he,he's,she,she's,they,they're,they've"),
    ("them", 0, "her,hers,him,his,their,theirs,them"),
    ("it", 0, "it,itself"),
    ("its", 0, "it's,its"),
    ("thats", 0, "here's,that's,there's,what's,who's"),
    ("this", 0, "this"),
    ("these", 0, "these,those"),
    ("that", 0, "that"),
    (
        "someone",
        0,
        "anybody,anyone,everybody,everyone,folks,no one,others,somebody,someone",
    ),
    ("nobody", 0, "neither,nobody,nor,nothing"),
    (
        "people",
        0,
        "analyst,auditor,auditors,boss,client,colleague,contractor,crew,customer,customers,\
         designer,designers,developers,devs,engineers,intern,junior,juniors,lead,legal,\
         maintainers,management,manager,marketing,newcomer,newcomers,nurses,ops,partner,\
         patients,people,player,qa,reviewer,reviewers,sales,support,team,teams,users,vendor",
    ),
    ("there", 0, "there"),
    ("who", 0, "who,whom"),
    ("whoever", 0, "anyone who,whoever,whoever's"),
    ("what", 0, "what,whatever"),
    ("which", 0, "which,whose"),
    ("where", 0, "where,wherever"),
    ("when", 0, "when"),
    ("whenever", 0, "each time,every time,whenever"),
    ("why", 0, "why"),
    ("how", 0, "how"),
    ("whether", 0, "whether"),
    ("if", 0, "if"),
    ("unless", 0, "except,otherwise,unless"),
    ("the", 0, "the"),
    ("a", 0, "a,an"),
    ("each", 0, "each,every"),
    ("all", 0, "all,any,both,most"),
    ("some", 0, "few,lots,many,plenty,several,some"),
    ("no", 0, "no,none,without"),
    ("only", 0, "at least,at most,exactly,only,up to"),
    ("is", STATE, "is"),
    ("are", STATE, "are,aren't"),
    ("was", PAST, "was"),
    ("were", PAST, "were"),
    ("be", 0, "be"),
    ("been", 0, "been"),
    ("being", 0, "being"),
    ("am", 0, "am"),
    ("has", STATE, "has,hasn't"),
    ("have", 0, "have,haven't"),
    ("had", PAST, "had,hadn't"),
    ("having", 0, "having"),
    ("do", 0, "do"),
    ("does", STATE, "does"),
    ("did", PAST, "did"),
    ("done", 0, "done,gone"),
    ("not", 0, "not"),
    ("never", 0, "never"),
    ("always", 0, "always"),
    ("isnt", STATE, "doesn't,isn't"),
    ("dont", 0, "do not,don't,dont"),
    ("didnt", PAST, "didn't,wasn't,weren't"),
    ("cant", 0, "can't,cannot,cant,couldn't"),
    ("wont", 0, "won't,wouldn't"),
    (
        "shouldnt",
        0,
        "must not,mustn't,should never,should not,shouldn't",
    ),
    ("can", 0, "can"),
    ("could", JUDGE, "could"),
    ("would", JUDGE, "would"),
    ("should", JUDGE, "should"),
    (
        "must",
        0,
        "has to,have to,must,need to,needed to,needs,needs to",
    ),
    ("may", 0, "may"),
    ("might", JUDGE, "might"),
    ("will", 0, "will"),
    (
        "ought",
        JUDGE,
        "could have,could've,might have,must have,ought,should have,should've,would have,\
         would've",
    ),
    ("to", 0, "to"),
    ("of", 0, "of"),
    ("in", 0, "in"),
    ("on", 0, "on"),
    ("at", 0, "at"),
    ("for", 0, "for"),
    ("from", 0, "from"),
    ("with", 0, "with"),
    ("by", 0, "by"),
    ("as", 0, "as"),
    ("into", 0, "into,onto"),
    ("out", 0, "away,back,down,off,out,up"),
    ("over", 0, "along,around,over"),
    ("before", 0, "before"),
    ("after", 0, "after"),
    ("until", 0, "till,until"),
    ("since", 0, "since"),
    ("during", 0, "during,meanwhile,while"),
    (
        "through",
        0,
        "above,across,against,behind,below,between,beyond,inside,outside,per,through,under,\
         via,within",
    ),
    ("about", 0, "about"),
    ("and", 0, "and,plus"),
    ("or", 0, "or"),
    ("but", 0, "but"),
    ("so", 0, "so"),
    ("because", 0, "because,cause,therefore"),
    ("than", 0, "than"),
    ("then", 0, "then"),
    (
        "though",
        0,
        "although,despite,even if,even though,however,though,whereas,yet",
    ),
    ("instead", 0, "instead,instead of,rather,rather than"),
    ("just", 0, "just"),
    ("still", 0, "still"),
    ("again", 0, "again,yet again"),
    ("too", 0, "too"),
    (
        "very",
        0,
        "a bit,completely,deeply,genuinely,incredibly,kind of,kinda,oddly,pretty,quite,\
         seriously,somehow,sort of,strangely,very,weirdly",
    ),
    ("really", 0, "actually,frankly,honestly,really,simply"),
    ("more", 0, "far,fewer,less,more,most of,much"),
    ("also", 0, "also,anyway,even,too often"),
    ("like", 0, "like,likes"),
    ("another", 0, "another,else,other"),
    ("same", 0, "different,same"),
    ("first", 0, "first,fourth,second,third"),
    ("next", 0, "next"),
    ("last", 0, "last,past,previous"),
    ("one", 0, "one"),
    (
        "numword",
        0,
        "couple,dozen,eight,eleven,fifty,five,forty,four,half,hundred,million,nine,pair,\
         seven,six,ten,thirty,thousand,three,twelve,twenty,two,zero",
    ),
    (
        "unit",
        0,
        "bit,bits,byte,bytes,cents,characters,degrees,gb,hz,kb,khz,kib,lines,ma,mb,mib,mm,ms,\
         percent,pixels,rows,s,volts",
    ),
    (
        "period",
        0,
        "day,hour,minute,month,night,quarter,semester,sprint,week,weekend,year",
    ),
    (
        "periods",
        0,
        "days,hours,hrs,milliseconds,min,mins,minutes,months,nights,quarters,seconds,sprints,\
         weeks,years",
    ),
    (
        "daypart",
        0,
        "afternoon,dawn,evening,lunch,lunchtime,midnight,morning,noon",
    ),
    (
        "yesterday",
        0,
        "earlier today,just now,last autumn,last friday,last monday,last month,last night,\
         last quarter,last spring,last sprint,last summer,last thursday,last time,\
         last tuesday,last wednesday,last week,last weekend,last winter,last year,\
         this afternoon,this evening,this morning,yesterday,yesterday's",
    ),
    (
        "ago",
        0,
        "afterwards,ago,back then,earlier,overnight,that day,that night",
    ),
    (
        "today",
        0,
        "this month,this quarter,this sprint,this week,today,today's,tomorrow,tonight,\
         tonight's",
    ),
    (
        "later",
        0,
        "immediately,later,shortly,soon,suddenly,within minutes",
    ),
    (
        "weekday",
        0,
        "friday,fridays,monday,mondays,saturday,sunday,thursday,tuesday,wednesday",
    ),
    (
        "month",
        0,
        "april,august,christmas,december,easter,feb,january,june,march,november,october",
    ),
    (
        "times",
        0,
        "first time,once,second time,third time,times,twice",
    ),
    ("now", 0, "currently,now,nowadays,right now,these days"),
    (
        "finally",
        0,
        "after all,at last,ended up,eventually,finally,so far,turned out,turns out",
    ),
    ("ampm", 0, "am pm,cet,o'clock,pm,utc"),
    (
        "went",
        PAST,
        "ate,became,began,bled,blew,bought,broke,brought,built,came,caught,chose,dealt,drank,\
         drew,drove,dug,fed,fell,fled,flew,forgot,fought,found,froze,gave,got,grew,held,hid,\
         hit,hung,kept,knew,led,left,lent,lit,lost,made,meant,met,outgrew,overheard,overran,\
         overwrote,paid,ran,rang,rebuilt,redid,reran,rewrote,rose,said,sank,sat,saw,sent,\
         shook,shot,shrank,slept,slid,sold,sought,spent,spoke,sprang,spun,stole,stood,struck,\
         stuck,stung,swam,swapped,swept,swung,taught,threw,told,took,tore,undertook,undid,\
         went,withdrew,woke,won,wore,wound,wrote",
    ),
    (
        "put",
        0,
        "beat,cast,cost,cut,hurt,let,put,quit,read,reset,set,shut,split,spread",
    ),
    (
        "git",
        0,
        "branch,build,changelog,chore,commit,commits,deploy,deployment,docs,feat,fix,hotfix,\
         issue,patch,perf,pr,prs,refactor,release,ticket",
    ),
    (
        "meet",
        0,
        "alarm,alert,call,crash,demo,escalation,incident,interview,meeting,migration,on call,\
         outage,pager,planning,postmortem,regression,retro,rollback,rollout,session,standup,\
         upgrade,workshop",
    ),
    (
        "act",
        0,
        "add,adjust,agree,align,allow,annotate,append,apply,approve,archive,ask,assert,\
         assign,attach,audit,avoid,await,bail,batch,begin,benchmark,bind,bisect,block,boot,\
         break,bring,bump,bundle,cache,calibrate,cancel,capture,catch,cd,change,charge,check,\
         cherry,chmod,choose,clean,clear,click,clone,close,collect,combine,come,comment,\
         compare,compile,compress,compute,configure,confirm,connect,consult,convert,\
         coordinate,copy,cover,create,crimp,crop,debug,decide,declare,decode,decrease,define,\
         degauss,delegate,delete,deny,derive,describe,design,dial,diff,dilute,dim,disable,\
         discard,disconnect,document,dose,double,download,draft,drag,draw,drive,drop,dry,\
         dump,duplicate,edit,embed,emit,enable,encode,encrypt,enforce,ensure,enter,erase,\
         escalate,estimate,evaluate,exclude,execute,expand,explain,export,expose,extend,\
         extract,factor,favor,favour,feed,fetch,file,fill,filter,find,flash,flatten,flip,\
         flush,follow,force,fork,format,forward,freeze,gate,gather,generate,get,give,go,grab,\
         grant,greet,grep,group,guard,hand,handle,hash,hide,highlight,hoist,hold,hook,ignore,\
         import,include,increase,initialise,initialize,inject,inline,insert,inspect,install,\
         insulate,invalidate,invoke,isolate,join,keep,kill,label,launch,leave,limit,link,\
         lint,list,load,lock,log,look,lower,make,make sure,map,mark,measure,mention,merge,\
         migrate,mind,mock,monitor,mount,move,name,nest,normalise,note,notify,onboard,open,\
         order,override,pack,pad,parse,partition,pass,paste,pause,pick,pin,ping,place,plan,\
         plug,point,poll,populate,post,power,prefer,prefix,prepare,press,pretend,prevent,\
         print,profile,promote,prompt,prune,publish,pull,purge,push,quantise,query,queue,\
         quote,raise,rank,rebase,reboot,rebuild,reconcile,record,recreate,redirect,reduce,\
         refer,refund,regenerate,register,rehearse,reindex,reject,reload,remember,remove,\
         rename,render,reopen,repeat,replace,replay,reply,report,request,rerun,rescan,reseat,\
         reserve,resize,resolve,respect,restart,restore,resume,retry,return,reuse,reverse,\
         revert,review,revoke,rewrite,rinse,roll,rotate,round,route,rsync,run,sample,\
         sanitise,sanitize,sanity,save,scale,scan,schedule,scope,scroll,search,seed,select,\
         send,separate,serve,settle,shard,share,ship,show,sign,silence,simplify,simulate,sit,\
         skip,sleep,slice,smoke,snapshot,solder,sort,specify,spell,spin,squash,squeeze,stage,\
         start,stash,state,stay,stick,stop,store,stream,strip,stub,submit,subscribe,\
         substitute,supply,suppress,swap,swipe,switch,sync,tag,tail,take,talk,tap,tell,test,\
         throttle,throw,tick,tie,tighten,tilt,toggle,torque,touch,trace,track,train,transfer,\
         transform,translate,transpose,treat,trigger,trim,truncate,try,tune,turn,tweak,type,\
         uncheck,undo,unfreeze,uninstall,unlock,unmount,unpack,unpin,unplug,unset,untar,\
         unzip,update,upload,use,vacuum,validate,verify,visit,wait,walk,warm,warn,watch,wear,\
         weigh,weld,wipe,wire,wrap,write,zip,zoom",
    ),
    (
        "cmd",
        0,
        "brew,cargo,docker,firebase,git,gradle,helm,kubectl,mkcert,npm,openssl,pnpm,psql,\
         pytest,rustup,ssh,terraform,yarn",
    ),
    ("please", 0, "be sure,don't forget,kindly,pls,remember to"),
    (
        "step",
        0,
        "checklist,guide,recipe,routine,runbook,step,steps,template,workflow",
    ),
    (
        "policy",
        0,
        "approval,approvals,convention,forbidden,mandatory,optional,policy,rule,rules",
    ),
    (
        "hold",
        STATE,
        "accept,account,act,admit,aggregate,allocate,answer,appear,arrive,average,backfill,\
         backport,beep,behave,belong,bill,blink,book,borrow,bounce,buffer,cap,carry,chase,\
         claim,climb,complain,conflict,consist,contain,control,corrupt,count,deliver,demand,\
         depend,die,differ,disappear,display,diverge,drift,email,end,equal,exist,exit,expect,\
         expire,fail,fall,finish,fire,flicker,forbid,free,grow,guarantee,hang,happen,help,\
         hire,implement,index,ingest,inherit,interrupt,investigate,jump,land,lapse,leak,\
         listen,live,lose,manage,match,mean,message,notice,overflow,own,page,pay,postpone,\
         present,produce,promise,proxy,receive,recover,repair,replicate,reproduce,require,\
         retain,score,shrink,sketch,speak,spike,spot,stand,sum,survive,travel,vanish,vary,\
         wake,win",
    ),
    (
        "default",
        0,
        "by default,capacity,constant,default,defaults to,interval,maximum,minimum,port,\
         precision,quota,range,ratio,threshold,timeout,version,versions",
    ),
    (
        "kind",
        0,
        "abbreviation,acronym,alias,collection,definition,field,flag,instance,kind,kinds,\
         layer,length,level,member,mode,number,option,part,parts,size,status,subset,synonym,\
         types,unit,value",
    ),
    (
        "think",
        JUDGE,
        "appears,argue,assume,believe,bet,blame,conclude,consider,contradict,contrast,\
         deserves,doubt,feel that,figure,guess,hypothesis is,hypothesise,i find,illustrate,\
         imagine,implies,infer,interpret,justify,matter,misjudge,mislead,my guess,occur,\
         outweigh,overestimate,overlook,ponder,proves,question,realise,realize,reckon,\
         reconsider,reflect,regard,rethink,reveal,revisit,seem,speculate,suggests,suppose,\
         suspect,tend,think,underestimate,understand,undervalue,wonder",
    ),
    (
        "thought",
        JUDGE,
        "assumed,believed,concluded,considered,convinced,deserved,expected,hoped,justified,\
         learned,learnt,mattered,misjudged,mistook,optimised,optimized,overestimated,\
         overlooked,proved,realised,realized,regretted,revealed,rewarded,seemed,showed,\
         taught me,taught us,thought,underestimated,understood,wondered",
    ),
    (
        "matter of thought",
        JUDGE,
        "abstraction,advantage,alternative,alternatives,ambition,approach,architecture,\
         argument,assumption,attention,balance between,bargain,benefit,blind spot,bottleneck,\
         boundary,clarity,cleverness,communication,complexity,compromise,conclusion,\
         confidence,consequence,consistency,conway's,cost of,criticism,culture,debt,decision,\
         dilemma,direction,discipline,downside,drawback,effort,evidence,excuse,expectations,\
         experience,explanation,fallacy,flexibility,focus,gamble,gap,goal,growth,habit,\
         hindsight,hunch,hypothesis,illusion,illusions,impact,incentive,insight,instinct,\
         intuition,investment,irony,judgement,judgment,knowledge,lack,legacy,lesson,maturity,\
         mindset,mistake,moral,motivation,myth,nobody owned,objection,opinion,outcome,\
         ownership,paradox,payoff,perspective,philosophy,premise,pressure,price of,principle,\
         priority,problem,progress,quality,rationale,real cause,real issue,real problem,\
         reality,reason,retrospect,risk,root cause,sacrifice,safety,second opinion,shape,\
         side effect,simplicity,speed,strategy,suspicion,symptom,takeaway,tax,temptation,\
         tension,theory,trade off,trade offs,tradeoff,trust,understanding,upside,value of,\
         verdict,wisdom",
    ),
    (
        "doubt",
        JUDGE,
        "clearly,deliberately,hardly,likely,maybe,mostly,overall,perhaps,probably,rarely,\
         too late,too many,too much",
    ),
    (
        "judgement",
        0,
        "accidental,actual,ambitious,arbitrary,bad,blind,cautious,cheap,clever,debatable,\
         deeper,defensible,deliberate,doomed,dubious,easy,expensive,fair,good,hard,harmful,\
         harmless,honest,instructive,misleading,naive,needless,obvious,overrated,pessimistic,\
         predictable,premature,real,right,rigid,risky,robust,shaky,simple,sound,striking,\
         superfluous,sure,surprising,telling,timid,underrated,unsure,wasteful,worth,wrong",
    ),
    (
        "comparison",
        0,
        "best,better,bigger,biggest,calmer,cheaper,cheapest,cleaner,clearer,earlier than,\
         easier,easiest,faster,harder,hardest,healthier,higher,larger,longer,safer,shorter,\
         simpler,simplest,slower,smaller,smarter,sooner,stronger,weaker,wiser,worse,worst",
    ),
    (
        "feel",
        FEEL,
        "brings me,drives me,driving me,drove me,feel,feeling,feelings,feels,felt,gave me,\
         gives me,had me,has me,keeps me,leaves me,left me,made me,make me,makes me,makes us,\
         mood,morale,puts me,vibe",
    ),
    (
        "love",
        FEEL,
        "adore,appreciate,can't wait,enjoy,fan,favorite,favourite,fond,looking forward,love,\
         miss,missed working,wish",
    ),
    (
        "hate",
        FEEL,
        "can't stand,despise,detest,dislike,done with,fear,fed up,had enough,hate,loathe,\
         over it,resent,sick of,tired of",
    ),
    (
        "good feeling",
        FEEL,
        "ace,adorable,amazing,amuse,awesome,beaming,beautiful,blessed,blissful,blown away,\
         brilliant,buttery,buzzing,calm,cathartic,celebrating,charm,cheer,cheerful,cherish,\
         chuffed,comfort,comfortable,confident,content,cool,cosy,cozy,crisp,curious,cute,\
         delight,delightful,dreamy,eager,ecstatic,elated,elegant,encourage,energise,energize,\
         enjoyable,envied,euphoria,euphoric,excite,exquisite,fabulous,fantastic,fascinate,\
         friendly,fun,funny,generous,gentle,giddily,giddy,glad,glorious,gorgeous,grateful,\
         great,grinning,happily,happy,heartened,heartwarming,heavenly,hilarious,honored,\
         honour,hopeful,humbled,hyped,impress,incredible,inspire,joyful,lovely,luckily,lucky,\
         magical,marvellous,marvelous,motivate,moved by,neat,nice,optimistic,overjoyed,\
         peaceful,phenomenal,pleasant,please,proud,psyched,pumped,reassure,refresh,relax,\
         relieve,reward,satisfy,slick,smiling,smitten,smug,snappy,soothe,splendid,stoked,\
         stun,sublime,superb,sweet,tasty,terrific,thankful,thrill,tickled,tidy,touched,\
         unreal,warm fuzzy,wholesome,wonderful,yummy,zen",
    ),
    (
        "bad feeling",
        FEEL,
        "absurd,abysmal,afraid,agonise,angry,annoy,anxious,appalled,apprehensive,ashamed,\
         awful,awkward,baffle,bewilder,bitter,blue,bonkers,bore,brutal,bummed,bummer,burnt,\
         clumsy,clunky,confuse,cranky,crazy,cringe,cruel,crush,curse,cursed,cynical,daunt,\
         defeated,demoralise,demoralizing,demotivate,depress,despair,desperate,devastate,\
         disappoint,discourage,disgust,dishearten,dismay,distress,disturb,drain,dread,\
         dreadful,dreary,dull,dumb,embarrass,enrage,envious,exasperate,exhaust,finicky,\
         fluster,fraud,fried,frighten,frustrate,furious,gloom,gloomy,grim,gross,grueling,\
         gruelling,grumpy,guilty,gutted,hangry,haunt,heartbreaking,heartbroken,heartless,\
         helpless,hesitant,hideous,homesick,hopeless,horrible,horrify,hostile,humble,\
         humiliate,hurtful,ignored,infuriate,insane,insult,insulting,intimidate,invisible,\
         irk,irritate,jaded,janky,jealous,jittery,joyless,livid,lonely,lost in,lousy,mad,\
         madden,messy,mindless,miserable,moody,mortified,nasty,nervous,numb,nuts,obnoxious,\
         offend,on edge,overwhelm,painful,panicked,panicky,paranoid,pathetic,petrified,\
         puzzle,rattled,reluctant,resentful,restless,ridiculous,rotten,rude,sad,salty,scare,\
         scary,shaken,shame,shock,sick,sicken,sleepless,sore,soul crushing,soulless,\
         spineless,spooky,stress,stressful,stupid,suffocate,tedious,tense,terrible,terrify,\
         thankless,tire,tormented,torn,toxic,ugly,unappreciated,unbearable,uncomfortable,\
         underwhelming,uneasy,unfair,unfortunately,unhappy,upset,useless,vile,wary,weary,\
         wits' end,worry,worthless",
    ),
    (
        "feeling",
        FEEL,
        "adrenaline,affection,agony,angel,anger,annoyance,anxiety,awe,beast,bed,beer,\
         blessing,bliss,blues,bones,boredom,brain,breath,burnout,butterflies,cake,champion,\
         chest,circus,clown,coffee,contempt,disappointment,disaster,dream,embarrassment,\
         empathy,enthusiasm,envy,excitement,exhaustion,eyes,face,fatigue,fever,frustration,\
         funeral,fury,gem,genius,giggle,goosebumps,gratitude,grief,grin,grudge,guilt,gut,\
         hair,hands,happiness,head,headache,heart,heartbreak,heaven,hell,hero,hope,horror,\
         hug,idiot,irritation,jealousy,joke,joy,kindness,knees,legend,loneliness,love letter,\
         magic,mess,miracle,misery,monster,nerves,nightmare,nostalgia,pain,panic,party,\
         passion,patience,pleasure,pride,punch,rage,rash,regret,relief,remorse,sadness,\
         satisfaction,slog,smile,soft spot,soul,spirit,stomach,suspense,sympathy,tears,teeth,\
         temper,terror,throat,torment,torture,vibes,wine",
    ),
    (
        "show of feeling",
        FEEL,
        "amuses,applaud,bless,blush,blushed,bother,breathe,bugs me,care,celebrate,cheered,\
         cheers,complaining,crawling,cringed,cry,cursed at,cursing,dance,danced,dancing,\
         delights,depresses,deserve,disappoints,drains,drowning,endure,excites,exhausts,\
         flinch,freaked,freaking,frustrates,gasp,groan,grumble,grumbling,hugged,hurts,\
         infuriates,inspires,irritates,jumped for,kill me,kills me,laugh,melt,moan,\
         overwhelms,panicking,praise,rant,regrets,rejoice,root for,scream,shaking,shiver,\
         shivering,shouting,shudder,sighed,sighing,sleep at,sleep better,smiled,sob,sobbing,\
         sting,strangle,stresses,struggling,suck,suffer,sulk,sulking,swear,swearing,sweating,\
         swore,terrifies,thank,thrills,tremble,trembling,vent,weep,wept,whine,whining,wince,\
         worries me,yawn,yell",
    ),
    (
        "exclamation",
        FEEL,
        "aaah,aargh,ah,ahem,ahh,alas,amen,argh,aw,aww,bah,best day,boo,bravo,brr,congrats,\
         congratulations,dear,dude,eek,eww,ffs,fml,gah,geez,gg,god,good grief,good job,gosh,\
         great job,grr,guys,haha,hahaha,hallelujah,hats off,heck,heh,hehe,hmm,hmpf,hooked,\
         hooray,how lovely,how nice,huh,hurrah,hurray,imho,jeez,kudos,lmao,lol,man,meh,mmm,\
         mwah,nah,ngl,nice work,nooo,noooo,nope,not again,oh,oh my,oh no,omg,oof,ooh,ouch,ow,\
         pff,phew,please no,rofl,sheesh,shout out,shoutout,sigh,smh,sorry,tada,tbh,thank god,\
         thank goodness,thank you,thanks,thx,ty,ugh,voila,well done,welp,what a,whoa,woah,\
         woo,woohoo,woot,worst day,wow,wtf,xd,yay,yep,yes,yess,yesss,yikes,yippee",
    ),
    (
        "swear",
        FEEL,
        "asshole,bastard,bloody,bullshit,crap,crappy,damn,darn,effing,frigging,fuck,goddamn,\
         hellish,pissed,screw,shit,shitty",
    ),
    (
        "phrase of feeling",
        FEEL,
        "all day,anymore,at all,big fan,broke my,can't believe,every single,for once,i can't,\
         i could,i feel,i hate,i hope,i love,i miss,i want,i'm so,i've never,lose it,lost my,\
         made us,makes my,my head,my heart,my soul,my stomach,never been,no idea,\
         nothing beats,one more,single time,so done,so glad,so happy,so much,so over,\
         so relieved,such a,way too,who knew,whole day,why must",
    ),
    (
        "phrase of judgement",
        JUDGE,
        "are we,bad decision,bad idea,because it,because nobody,because we,better than,\
         bought us,cost us,costs us,could be,could we,did we,do we,does it,for our,gave us,\
         good decision,good idea,had been,had i,had we,half our,harder than,have been,\
         i believe,i doubt,i guess,i keep,i learned,i realise,i realised,i realized,\
         i suppose,i suspect,i think,i underestimated,i wonder,in hindsight,in practice,\
         in retrospect,is it,it seems,it took,it was,less than,lesson learned,\
         lessons learned,looking back,made sense,makes sense,might be,more than,my hunch,\
         my instinct,my takeaway,my theory,my view,next time,nobody asked,nobody had,\
         nobody noticed,not because,not convinced,not sure,not the,of our,on balance,\
         on paper,on reflection,other hand,our mistake,paid off,pays off,right call,\
         right decision,saved us,says something,second thoughts,seem to,seems to,should we,\
         single point,tells us,tend to,tends to,than i,than it,than the,than we,that was,\
         the cause,the irony,the lesson,the point,the real,the reason,told us,up front,\
         upfront,was it,was never,was not,was worth,we assumed,we believe,we built,we chose,\
         we confuse,we could,we did,we keep,we learned,we never,we optimised,we should,\
         we spent,we think,we treated,we underestimated,we were,we would,were never,were we,\
         what i,what if,what we,worth a,worth it,worth the,would be,wrong call",
    ),
    (
        "phrase of events",
        0,
        "after a,after two,after we,an hour,and found,and got,and saw,and sent,asked for,\
         backed out,came back,came from,came in,came out,came up,debug session,down to,\
         during the,first try,for two,from 0,gave up,got a,got it,got merged,got stuck,\
         got the,had to,has been,i asked,i did,i moved,i saw,i spent,i switched,i tried,\
         i went,is back,is out,is up,no pages,on retry,once more,opened a,picked up,pr is,\
         pull request,ran into,ran out,rolled back,rolled out,same day,sat down,second try,\
         sent the,set up,showed up,signed off,stack trace,stood up,this time,told me,\
         took the,turned off,turned on,two of,until we,was down,was red,we found,we got,\
         we hit,we lost,we moved,we ran,we saw,we shipped,we tried,we went,went from,\
         went green,went live,went out,went red,went through,when i,while i,wrote a",
    ),
    (
        "something",
        0,
        "anything,everything,lot,something,stuff,thing,things,way",
    ),
    ("time", 0, "time"),
    ("know", 0, "know,say,says,see,want,work,working"),
    ("good", 0, "already,enough,fine,ok,okay,ready,well"),
    ("goes", STATE, "goes,knows,sees,wants,works"),
];
