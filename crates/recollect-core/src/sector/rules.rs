//! The words and short phrases by which a sector is known, with their points.
//!
//! A phrase is one to three words in lower case. `^` stands for the beginning of
//! a sentence, `0` for a number, `*ed` for a regular past form. Points run from
//! 1, a hint, to 7, hardly anything else. A phrase stands in one list only, which
//! a test watches; where its parts stand in lists too, all of them count.

use super::Sector::{self, Emotional, Episodic, Procedural, Reflective, Semantic};

/// Words after which a clause begins; what would count at the beginning of a
/// sentence counts half behind one of them, and behind a comma.
pub(super) const LINKS: &str = "and,then,to,or,also,only,please,can,must,should,instead,not,never";

pub(super) const RULES: &[(Sector, u8, &str)] = &[
    // Times, and what happened then.
    (
        Episodic,
        5,
        "^ *ed,a while ago,after lunch,before lunch,earlier today,just now,last autumn,\
         last friday,last monday,last month,last night,last quarter,last spring,last sprint,\
         last summer,last thursday,last tuesday,last wednesday,last week,last weekend,\
         last winter,last year,on 0 0,rolled back,the other day,this afternoon,this evening,\
         this morning,yesterday",
    ),
    (
        Episodic,
        4,
        "0 failed,0 passed,^ 0 0,ago,at midnight,at night,at that point,back in,back then,\
         blew up,by midnight,by noon,called in,came back,came up,checked in,checked out,\
         customer reported,dialled in,during this session,earlier this,exited with,fell over,\
         gave up,got back,got hit,got merged,got rid,got stuck,had to,half done,has been sent,\
         have added,have been added,have removed,he asked,he said,i *ed,i did,i found,i got,\
         i made,i put,i ran,i set,i tried,i went,i wrote,in april,in august,in december,\
         in early,in february,in january,in july,in june,in late,in march,in may,in november,\
         in october,in september,in the evening,in the morning,in the night,in this session,\
         kicked off,last time,later that,logged in,met with,o'clock,on friday,on monday,\
         on saturday,on sunday,on the way,on thursday,on tuesday,on wednesday,one day,\
         over the weekend,overnight,previous session,previous sprint,previous week,\
         pull request was,ran into,ran out,set off,she asked,she said,showed up,shut down,\
         signed off,that day,that evening,that morning,that night,the day before,\
         the following day,the next day,the same morning,they agreed,they said,this session,\
         tonight's,turned off,turned on,was merged,we did,we found,we got,we had,we lost,\
         we made,we met,we ran,we saw,we shipped,we went,went live,went wrong,yesterday's",
    ),
    (
        Episodic,
        3,
        "0 hours,0 minutes,^ bought,^ brought,^ built,^ chose,^ cut,^ day 0,^ drove,^ dug,\
         ^ found,^ gave,^ got,^ had,^ handed,^ held,^ hit,^ kept,^ left,^ lost,^ made,\
         ^ put back,^ read,^ rebuilt,^ redid,^ reran,^ rewrote,^ sat,^ saw,^ shot,^ shut,\
         ^ sold,^ sped,^ spoke,^ spun,^ talked,^ taught,^ threw,^ told,^ tore,^ undid,^ went,\
         ^ woke,^ won,^ wound,accidentally,acknowledged,afterwards,am,an hour,and found,\
         and got,and saw,announced,approved,arrived,asked for,asked me,asked us,asked whether,\
         asked why,began,broke,build 0,code_edit,confirmed that,crashed,day 0,days later,\
         debug_start,debug_stop,died,dug,ended up,escalated,eventually,exited,file_close,\
         file_open,file_save,first attempt,first time,flew,four days,four times,friday,froze,\
         git_commit,got *ed,got a,half an hour,happened,has been *ed,have been *ed,he *ed,\
         hours later,hung,i told,incident report,it *ed,later,launched,meanwhile,met,\
         minutes later,monday,occurred,once again,paired with,pm,post mortem,pull request 0,\
         ran,rang,rebooted,rebuilt,redid,rejected,reran,resolved the,reverted,rewrote,rose,\
         run 0,sank,sat down,saturday,second attempt,second time,sent,she *ed,shrank,spent,\
         spoke,sprint 0,stack trace,standup,started working,stood,stopped working,stuck at,\
         suddenly,sunday,swapped,swept,test_run,the weekend,they *ed,third attempt,third time,\
         this sprint,this week,three days,three hours,three times,thursday,timeline,today,\
         tomorrow,tonight,took,took 0,tuesday,twice,two days,two hours,undid,until we,\
         user asked,utc 0,we *ed,wednesday,week 0,weeks later,went away,went green,went red,\
         were merged,woke,wound up,wrote",
    ),
    (
        Episodic,
        2,
        "again after,april,at 0,august,bisecting,brought,call with,came,caught,commit 0,\
         december,demo,deployed,down from,during the,ended,february,fell,first run,\
         first session,found,from 0 to,gave,got,had *ed,hours,issue 0,january,july,june,lost,\
         meeting,merged,nobody noticed,noon,noticed,november,october,outage,picked up,pr 0,\
         published,pushed,released,reported,retro,right after,said,saw,second run,september,\
         session on,shipped,since then,so far,started,stopped,tagged,the same day,\
         the same evening,threw,ticket,told,up from,was *ed,went,went down,went from,went out,\
         were *ed,were up,while i",
    ),
    (
        Episodic,
        1,
        "*ed,after the,afternoon,around,been,commit,did,evening,failed,finally,finished,had,\
         hit,incident,left,made,morning,night,passed,spring,until,was,were",
    ),
    // Definitions, properties, places, amounts.
    (
        Semantic,
        5,
        "consist of,consists of,defined as,difference between,is called,refers to,stands for",
    ),
    (
        Semantic,
        4,
        "^ what are,^ what do,^ what does,^ what is,^ where are,^ where does,^ where is,\
         are responsible for,composed of,is defined,is responsible for,kinds of,means that,\
         types of,written in",
    ),
    (
        Semantic,
        3,
        "^ any,^ both,^ how does,^ how long,^ how many,^ how much,^ most,^ some,^ there is,\
         ^ these are,^ this is,^ what's,^ when does,^ when is,^ which,^ who owns,^ why does,\
         a class,a collection,a file,a function,a library,a list of,a service,a set of,\
         a subset,a superset,a tool,a type,abbreviation,acronym,acts as,also known,an alias,\
         an instance,are *ed,are given,are held,are kept,are known,are made,are named,are read,\
         are stored,are three,are two,are written,at compile time,at runtime,available as,\
         available in,available on,based on,behaves as,belong to,belongs to,boolean,bundles,\
         by default,come from,come in,comes from,comes in,compatible with,controlled by,\
         correspond to,corresponds to,default is,definition,denotes,derived from,describes,\
         describes the,encoded,equivalent to,exactly one,exchange,exchanges,float,forbids,\
         foreign key,found in,guarantees,handled by,has 0,has a,has an,has its,has no,has one,\
         has three,has two,have no,have one,hosted on,identified by,in scope,includes,\
         indexed by,indicates,inherited from,inherits,installs,integer,integers,is *ed,is a,\
         is a document,is a primary,is an,is built,is created,is derived,is divided,is given,\
         is held,is immutable,is kept,is known,is made,is named,is read,is run,is set,is split,\
         is stored,is the same,is written,known as,limited to,live in,lives in,located at,\
         located in,look for,looks for,made of,made up,maintained by,managed by,means,\
         named after,needs a,needs an,needs no,not replicated,only one,ordered by,out of scope,\
         owned by,owns,per day,per hour,per key,per minute,per process,per region,per request,\
         per second,per step,per tenant,per user,picks,point to,points to,primary key,\
         provided by,purges,redirects,refers,replicated,reports,reports every,represents,\
         resets,responsible for,same as,serves as,share no,single threaded,sorted by,specifies,\
         stored in,string,supported by,synonym,takes a,takes an,talks to,the unit,there are,\
         unit of,uses,usually known,whereas,works as",
    ),
    (
        Semantic,
        2,
        "^ a,^ all,^ an,^ anything,^ each,^ every,^ only,accepts,allows,are always,\
         are available,are in,are sent,are valid,at most,begins with,caches,cannot,carries,\
         carry,composite,contain,contains,defines,depend on,depends on,does not,emits,\
         ends with,entry point,environment variable,equals,expects,exposes,extends,\
         goes through,grow,grows,handles,hashes,holds,immutable,implements,is also,is always,\
         is available,is in,is never,is not part,is one,is only,is optional,is part,is raised,\
         is required,is sent,is stored in,is valid,keeps,lets,main sections,maps to,maximum,\
         minimum,must be,part of,protocol,provides,ranks,read only,rejects,requires,return,\
         returns,runs in,runs on,sections,serves,shared by,sits,stands,starts with,supports,\
         the default,throws,utc,valid,version of,wires",
    ),
    (
        Semantic,
        1,
        "^ our,^ the,all,always,api,application,architecture,are,attribute,between,both,bucket,\
         bytes,class,cluster,column,component,database,default,each,endpoint,every,every other,\
         field,format,gb,gib,header,http,identifier,instance,interface,is,json,kernel,key,kib,\
         limit,may,mb,mib,model,module,ms,object,own,parameter,payload,per,port,prefix,process,\
         property,region,repository has,schema,server,suffix,syntax,table,thread,token,two,\
         type,under,unless,until it,uses the,whose,within,xml",
    ),
    // Orders, steps and conditions.
    (
        Procedural,
        6,
        "^ abort,^ accept,^ adjust,^ aggregate,^ allocate,^ allow,^ always,^ amend,^ annotate,\
         ^ append,^ apply,^ approve,^ ask,^ assert,^ assign,^ attach,^ authenticate,\
         ^ authorise,^ authorize,^ avoid,^ benchmark,^ bind,^ bootstrap,^ brew,^ bump,^ cancel,\
         ^ cargo,^ cd,^ check,^ cherry,^ choose,^ click,^ clone,^ collapse,^ compare,^ compile,\
         ^ configure,^ confirm,^ connect,^ contact,^ convert,^ copy,^ curl,^ debounce,\
         ^ declare,^ decrease,^ decrypt,^ delete,^ deprecate,^ describe,^ deserialize,\
         ^ determine,^ disable,^ discard,^ divide,^ do not,^ docker,^ document,^ don't,\
         ^ double,^ downgrade,^ download,^ drag,^ drain,^ emulate,^ enable,^ encapsulate,\
         ^ encrypt,^ enqueue,^ ensure,^ erase,^ escalate,^ escape,^ exclude,^ execute,^ expand,\
         ^ expect,^ explain,^ export,^ expose,^ extend,^ fetch,^ fill,^ follow,^ fork,\
         ^ forward,^ freeze,^ generate,^ git,^ go to,^ grant,^ halve,^ hide,^ highlight,^ hold,\
         ^ identify,^ ignore,^ include,^ increase,^ init,^ initialise,^ initialize,^ inject,\
         ^ inline,^ insert,^ inspect,^ install,^ instrument,^ invoke,^ keep,^ kubectl,^ launch,\
         ^ load,^ locate,^ log in,^ lower,^ make,^ make sure,^ measure,^ mock,^ monitor,\
         ^ mount,^ mute,^ navigate,^ never,^ normalise,^ normalize,^ notify,^ npm,^ npx,^ omit,\
         ^ opt,^ override,^ paste,^ pause,^ pin,^ pip,^ place,^ pnpm,^ prefer,^ prepare,\
         ^ press,^ provide,^ provision,^ prune,^ pull,^ purge,^ push,^ quote,^ raise,^ rebase,\
         ^ reboot,^ record,^ redirect,^ reduce,^ refer,^ refresh,^ regenerate,^ register,\
         ^ reindex,^ reinstall,^ reject,^ reload,^ remember,^ renew,^ repeat,^ replace,\
         ^ reproduce,^ reset,^ resize,^ resolve,^ restart,^ resume,^ retry,^ reuse,^ revoke,\
         ^ roll,^ rotate,^ run,^ sanitise,^ sanitize,^ scan,^ scroll,^ select,^ serialise,\
         ^ serialize,^ sign in,^ silence,^ simplify,^ simulate,^ skip,^ specify,^ squash,^ ssh,\
         ^ stage,^ stash,^ store,^ stub,^ submit,^ subscribe,^ sudo,^ supply,^ swipe,\
         ^ synchronise,^ synchronize,^ tap,^ tell,^ throttle,^ toggle,^ trim,^ try,^ tune,\
         ^ turn,^ tweak,^ uncomment,^ uninstall,^ unload,^ unlock,^ unmount,^ unpack,^ unplug,\
         ^ unset,^ unsubscribe,^ upload,^ use,^ validate,^ verify,^ visit,^ wait,^ watch,\
         ^ wipe,^ wrap,^ write,^ yarn,checklist,how can i,how can we,how do i,how do we,\
         how do you,how should i,how to,make sure,steps to,the way to,usual way",
    ),
    (
        Procedural,
        5,
        "be sure,don't forget,in order to,naming scheme,only then,procedure,recipe,remember to,\
         runbook,step 0,workflow",
    ),
    (
        Procedural,
        4,
        "^ first,^ gather,^ invest,^ linking,^ prioritise,^ prioritize,^ put,^ set,^ state,\
         ^ to,^ treat,are expected to,best practice,best practices,by convention,by running,\
         by setting,correct way,do not use,don't use,easiest way,first of all,from now on,\
         goes like this,habit is to,here is how,here's how,how should,is expected to,\
         last but not least,log out,make a copy,may not,must be signed,must not,my routine,\
         naming convention,need you to,once a day,once a month,once a week,one by one,\
         our routine,prior to,proper way,quickest way,remember that,right way to,should never,\
         should not,sign out,step by step,steps,the trick is to,we encourage,what to do,\
         works like this,you have to,you may,you might,you must,you need to,you want to,\
         you will need,you'd,you'll need",
    ),
    (
        Procedural,
        3,
        "^ add,^ adding,^ begin with,^ branch,^ bring,^ build,^ call,^ change,^ clear,^ close,\
         ^ combine,^ create,^ debugging,^ define,^ deploy,^ deploying,^ edit,^ enter,^ file,\
         ^ find,^ flush,^ for a,^ get,^ give,^ group,^ installing,^ kill,^ let,^ map,^ mark,\
         ^ merge,^ migrating,^ move,^ open,^ pass,^ pick,^ publish,^ refactor,^ release,\
         ^ releasing,^ remove,^ rename,^ restore,^ return,^ revert,^ review,^ save,^ seed,\
         ^ sort,^ split,^ start,^ stop,^ switch,^ tag,^ take,^ test,^ testing,^ tests go,\
         ^ type,^ undo,^ update,^ upgrade,^ upgrading,after installing,after running,\
         after that,after you,anyone changing,as described,as follows,as soon as,at the end,\
         before each,before running,before you,before you can,by adding,by calling,by stopping,\
         by using,cargo run,cargo test,each release,each time you,every change,every commit,\
         every morning,every release,every time you,follow the,for each,for every,\
         getting started,git bisect,guideline,guidelines,has to,have to,how-to,if it fails,\
         if necessary,if needed,if that fails,if there is,if you,if you want,\
         in the same commit,in this order,in two passes,instructs,like so,like this,manual,\
         must always,need to,next to the,npm install,npm run,once done,playbook,policy,\
         quick start,restart it,rule for,run it,set up,should always,tutorial,using the,\
         via the,wait for,wait until,walk through,walkthrough,when adding,when changing,\
         when creating,when done,when finished,when in doubt,when writing,when you,whenever,\
         whoever,you can,you need,you should",
    ),
    (
        Procedural,
        2,
        "^ abstract,^ after,^ batch,^ before,^ block,^ bundle,^ cache,^ clean,^ comment,\
         ^ commit,^ drop,^ factor,^ filter,^ flash,^ format,^ free,^ head,^ host,^ if,\
         ^ implement,^ import,^ in order,^ index,^ join,^ label,^ leave,^ limit,^ link,^ lint,\
         ^ list,^ lock,^ log,^ look,^ migrate,^ name,^ once,^ package,^ pair,^ parse,^ pay,\
         ^ plan,^ plug,^ point,^ power,^ print,^ profile,^ proxy,^ query,^ queue,^ read the,\
         ^ route,^ scale,^ schedule,^ search,^ see,^ send,^ serve,^ show,^ someone has,\
         ^ stream,^ sync,^ trace,^ transform,^ trigger,^ when,^ whenever,^ with,^ work,\
         always run,and then,are cut,as a rule,before committing,before merging,before opening,\
         by hand,command line,convention,conventions,docker,each time,followed by,go next,\
         guide,if it,in the terminal,instructions,is cut,kubectl,once it,otherwise,pipeline,\
         prefer to,psql,script,setup,should be,template,usually,we handle,your",
    ),
    (
        Procedural,
        1,
        "before,command,first,flag,folder,git,if,into,manually,next,npm,when,with,you",
    ),
    // Feelings, thanks, complaint and praise.
    (
        Emotional,
        7,
        "can't stand,can't wait,drives me,fed up,lose patience,losing patience,made my day,\
         makes me,sick of",
    ),
    (
        Emotional,
        6,
        "afraid,aggravating,amazing,angry,annoyed,annoying,anxiety,anxious,appalled,appalling,\
         argh,ashamed,at the end of my,awesome,awful,big thanks,bliss,blissful,blown away,\
         bugs me,can't believe,cheerful,chuffed,couldn't believe,cranky,daunting,dejected,\
         delighted,delighting,depressed,depressing,despair,desperate,devastated,disappointed,\
         disappointing,disappointment,disgust,disgusted,disgusting,disheartened,disheartening,\
         dismayed,distressed,dread,dreaded,dreading,drive me,driving me,ecstatic,elated,\
         embarrassed,embarrassing,enjoy,enjoyable,enjoyed,enraged,euphoric,exasperated,\
         exasperating,excited,exciting,exhausted,exhausting,freaking out,frightened,\
         frightening,frustrated,frustrating,frustration,furious,giddy,gloomy,good job,gosh,\
         grateful,gratitude,great job,grumpy,guilty,had enough,happily,happiness,happy,hate,\
         hated,hates,hats off,heartbreaking,heartbroken,heartwarming,hooray,horrible,horrified,\
         humiliated,i miss,infuriating,intimidated,intimidating,irritated,irritates,irritating,\
         jealous,joyful,kills me,knackered,livid,looking forward,love it,loved,lovely,made me,\
         many thanks,meh,melancholy,miserable,mortified,nervous,nice work,nightmare,not again,\
         outraged,over the moon,overjoyed,overwhelmed,overwhelming,panicked,petrified,pissed,\
         proud,psyched,relief,relieved,remorse,resent,resentful,scared,scares,scary,shout out,\
         sigh,stoked,stressed,stressful,sulking,tearful,tears,terrified,terrifying,thank god,\
         thank goodness,thank you,thankful,thrilled,ugh,unbearable,unhappiness,unhappy,\
         well done,wits' end,woohoo,worried,worrying,wtf,yay",
    ),
    (
        Emotional,
        5,
        "a drag,adore,afraid that,amused,amusing,anger,anguish,apprehensive,asshole,astonished,\
         astonishing,baffled,baffling,beaming,bewildered,bitter,blame me,bored,bored to,\
         bothered,bullshit,bummed,bummer,burned out,burning people,burnout,burnt out,charming,\
         cheered,cheering,comforting,congratulated,consternation,crap,crappy,creepy,cried,\
         crushed,crushing,crying,cursing,cute,damn,damn it,daunted,delight,delightful,\
         demotivated,demotivating,despise,despised,disaster,discouraged,dislike,disliked,\
         disrespectful,don't like,drained,dreadful,eager,encouraged,encouraging,energised,\
         energized,enjoying,enthusiasm,enthusiastic,fantastic,fascinated,fascinating,fear,\
         fears,feel,feeling,feelings,feels,felt,fond,for once,freaked,fuck,fucking,fuming,glad,\
         grim,guilt,gutted,harsh,hate how,hate that,hate this,hate when,hating,heart,helpless,\
         heroes,hideous,honored,honoured,hopeless,hostile,hug,hugs,humbled,hurray,hurt,hurtful,\
         hurts,hyped,impatient,impressed,in awe,insane,inspired,inspiring,insulted,joy,joyous,\
         kind words,kudos,late nights,laughing,laughs,let down,likes it,loath,loathing,lonely,\
         love,love how,love that,love this,loves it,loving,magical,marvellous,marvelous,\
         mind blowing,mood,moody,morale,motivated,motivation,nasty,nerves,numb,obsessed,\
         offended,oh my,oh no,on edge,optimistic,ouch,painful,painfully,panic,paranoid,passion,\
         passionate,passionately,pathetic,peaceful,pessimistic,phew,pity,pleasantly,pleased,\
         praise,praised,pride,proudly,pumped,puzzled,rage,raging,refreshing,regret,relaxing,\
         reluctant,restless,ridiculous,sad,sad to,satisfaction,satisfied,satisfying,scared of,\
         scream,screamed,screaming,shaken,shaking,shame,shameful,shit,shouting,shy,\
         sick and tired,so bad,so glad,so good,so proud,so sad,so tired,soothing,sorry,\
         startled,stung,stunned,stunning,stupid,such a drag,suck,sucks,superb,swearing,sweet,\
         swore,sympathy,tedious,tense,tension,terrible,terror,thanks,thrill,thrilling,tired,\
         tiring,torture,touched,tragic,traumatic,troubled,unappreciated,unbelievable,uneasy,\
         ungrateful,unmotivated,uplifting,upset,upsetting,weary,why oh why,wonderful,worn out,\
         worried about,worried that,worries,worry,wow,yelled,yelling,❤,🎉,😀,😊,😍,😡,😢,😤,😭,😱,🙏",
    ),
    (
        Emotional,
        4,
        "at last,beautiful,boring,brilliant,brutal,burn out,burned,burns out,calm,celebrate,\
         celebrated,cheers,comfortable,complaints,confused,confusing,congrats,congratulations,\
         crazy,cry,dares,discouraging,dumb,entitled,envy,favorite,favourite,gorgeous,\
         great work,haha,headache,hilarious,hopeful,hoping,i like,i prefer,i wish,insulting,\
         lost in,love the,mad,never want,pleasant,pleasure,rude,shocked,smoothest,\
         so much better,so much cleaner,stress,surprised,toxic,trust,ug,uncomfortable,unfair,\
         unpleasant,what a",
    ),
    (
        Emotional,
        3,
        "absolutely,any more,anymore,appreciate,appreciated,at all,awkward,best feedback,\
         bothers,bright side,can't,care,clunky,confidence,confident,couldn't,creeping,cringe,\
         curious,delay after delay,deserve,deserves,distrust,elegant,endless,energy,ever had,\
         extremely,feel like,felt like,finally got,fortunately,fun,funny,gave me,generous,\
         gladly,great,hassle,hell,hero,honest,honestly,hope,horribly,i can't,i couldn't,i want,\
         incredibly,insanely,kind of you,kinda,laugh,laughed,lol,luckily,made us,make me,\
         makes us,mess,messy,miss the,neat,nice,pain,poor,prefer,relaxed,ridiculously,sadly,\
         silly,smile,smooth,so happy,struggling,suffering,sweating,terribly,the best,the worst,\
         the worst part,throw my,totally,tough,ugliest,ugliness,ugly,unfortunately,utterly,\
         weird,whole day,why does this,wildly,won't anyone,yet again,yikes",
    ),
    (
        Emotional,
        2,
        "a bit,again and,another,anyone else,bad,best,complain,complained,complaining,cool,\
         demanding,every single,everyone,far too,horror,impossible,incredible,literally,\
         pressure,pretty,really,seriously,single time,so many,so much,such a,thankfully,\
         unhelpful,useless,way too,we're all,whining,worst",
    ),
    (Emotional, 1, "i'm,little,my,so,still,too,very"),
    // Judgement, causes, doubt and lessons.
    (
        Reflective,
        7,
        "changed my mind,in hindsight,in retrospect,lesson learned,lessons learned,\
         looking back,my opinion,next time,on balance,on reflection,pros and cons,the more i,\
         trade off,trade offs,tradeoff,tradeoffs",
    ),
    (
        Reflective,
        6,
        "all in all,all things considered,bad decision,becoming clear,better off,big picture,\
         bigger picture,blind spot,by and large,could argue,counterproductive,dawned on me,\
         decided against,differently next,do differently,done differently,food for thought,\
         good decision,good lessons,great deal about,had i known,had we known,hard lesson,\
         hard way,hardest part,hindsight,i came to,i concluded,i doubt,i figure,i find that,\
         i guess,i have learned,i suppose,i wonder,i would argue,i'd argue,i'd say,\
         i've learned,i've realised,i've realized,if we were to,in fairness,in my experience,\
         in my view,in principle,insight,insights,ironically,it dawned on,it struck me,\
         knowing what,learned the,lesson,lessons,lot to learn,made more sense,makes more sense,\
         makes sense,middle ground,might have been,misjudged,misunderstood,moral of the,\
         must have been,my experience,my mistake,my takeaway,my view,naive,never again will,\
         not convinced,note to self,occurred to me,on second thought,on the whole,\
         one could argue,ought to have,our experience,our mistake,our takeaway,over engineered,\
         overengineered,overestimated,overkill,overlooked,premature,problem is not,reconsider,\
         rethink,rethinking,right decision,root cause,rule of thumb,second thoughts,\
         self inflicted,shortsighted,should have,still figuring,still think,takeaway,takeaways,\
         taught me,taught us,the irony,the mistake,the question is,think twice,\
         thinking about it,thinking back,to be fair,truth be told,uncomfortable truth,\
         underestimated,waste of,we learned,we've learned,were i to,were we to,what if,\
         what struck me,with hindsight,worth a try,wrong decision",
    ),
    (
        Reflective,
        5,
        "^ should we,^ was it,^ why did we,^ why do we,arguably,assumption,assumptions,\
         considering,could have,good engineering,had i,had we,i believe,i realise,i realised,\
         i realize,i realized,i should,i suspect,i think,i understand,i'd rather,if i had,\
         if we had,it seems,lean towards,maybe,mistake,mistakes,my assumption,not sure,\
         outweigh,outweighs,perhaps,realisation,realised,realization,realized,right call,\
         the real problem,the wrong,was wrong,we believe,we think,weighing,wondering,\
         would be better,would have,wrong call",
    ),
    (
        Reflective,
        4,
        "^ are we,^ could we,^ do we,^ does,^ if i,^ if nobody,^ if we,^ is it,^ one could,\
         ^ would,admit,apparently,are often,are usually,argue,argued,argument,arguments,\
         bad idea,bargain,because it,because they,because we,belief,best solution,better than,\
         better to,bottleneck,bought us,broader,clear need,come to,compared to,comparing,\
         compromise,conceivably,conclude,conclusion,contemplating,conviction,convinced,cost us,\
         could be,culture,debt,deeper,did not need,didn't need,discipline,doubt,doubts,\
         easier to,easiest,essentially,evaluating,even worse,evidently,expected that,\
         explains why,far fewer,far less,far more,favored,favoured,figuring out,foolish,\
         fundamentally,good idea,great idea,harder than,helps me,helps us,hoped,hypothesis,\
         i expected,i keep,i learned,i notice,i noticed,i now,i see now,i used to,i'd,\
         i'm starting,implications,implies that,in essence,in general,in my case,in our case,\
         in practice,in the end,in theory,incentive,incentives,instead we,instinct,intuition,\
         investment,is inevitable,is often,is usually,judge,judgement,judgment,justified,\
         justifies,justify,keep noticing,leads to,learned that,less than,long run,meaning of,\
         might be,might have,mindset,more than,motivation for,much more,my goal,never needed,\
         no longer believe,not because,not worth,only leads to,opted,opted for,optimising for,\
         optimizing for,organisational,organizational,ought to,our approach,overall,paid off,\
         pays off,perception,perspective,philosophy,ponder,pondering,possibly,pragmatic,\
         prefer it over,presumably,priorities,priority,proved that,proves that,questionable,\
         rationale,real issue,real reason,reasonable,reassess,reflect,reflecting,reflection,\
         rejected because,revealed,reveals,revisit,ruled out,sacrifice,says something,\
         sceptical,seem to,seems to,sensible,settled on,should it,should not have,showed that,\
         shows that,shows up,simply because,skeptical,so that we,suggest that,suggests that,\
         supposedly,surely,suspicion,taught,teaches,technical debt,telling us,tells us,tend to,\
         tendency,tends to,than expected,than we,the actual,the cause,the cost of,\
         the issue was,the key is,the price is,the problem was,the question was,the real,\
         the reason,the right,the secret,theory,thesis,thinking,to believe,to expect,told us,\
         too early,too easy,too late,too many,too much,turned out,turns into,turns out,\
         ultimately,underlying,unlikely,unreasonable,unwise,upfront,valuable,was right,\
         we could,we expected,we hoped,we keep,we might,we ought,we would,went with,were right,\
         what matters,what really,what would,wise,worth it,worth the,worthwhile,would be,\
         would it,would rather",
    ),
    (
        Reflective,
        3,
        "advantage,advantages,approach,are less,are more,as it turns,assumed,at heart,\
         at its core,balance,beats,because,behind these,believe,biggest,chose,chosen,clever,\
         complexity,cons,cost more,decided,decided to,deliberate,deliberately,depends less,\
         depends on how,disadvantage,disadvantages,dominates,downside,downsides,drawback,\
         drawbacks,effort,eliminated,estimate,estimates,everyone else,experience,experiment,\
         faster than,fault of,fewer,goal,growing,growth,habit,harder,hardest,highest,humans,\
         i consider,i found that,i see,i've,improved when,improvement,in itself,inevitable,\
         inevitably,instead of,is hard,is less,is more,it is not,it's not,larger than,lean,\
         lean on,matter,matters,mostly,nobody asked,not enough,not exist,on people,opinion,\
         outweighed,overestimate,per se,principle,probably,problem is,pros,quality,question,\
         rather than,reasoning,seems,should exist,shouldn't,significant,simpler,simplicity,\
         slower,slowly,smaller than,somehow,someone else's,struggle,struggled,suspect,\
         systematically,teams,tempting,the less,the longer,the more,the older,the point,\
         transformed,turned out that,underestimate,understood,upside,value of,was hard,was not,\
         wasn't,we chose,we see,we should,were never,weren't,whether,why,wiser,wonder,wondered,\
         worse than,worth,would do,would not,wouldn't",
    ),
    (
        Reflective,
        2,
        "abstraction,analysis,benefit,benefits,better,but our,but the,cheaper,consider,\
         considered,cost,decision,decisions,evaluate,evaluation,expectation,expectations,\
         hardly,knowledge,learned,mistaken,not the,over time,pattern,pay off,purpose,rarely,\
         real,reason,reasons,symptoms,than,thought,time pressure,understand,was never,why the,\
         would,wrong",
    ),
    (
        Reflective,
        1,
        "but,could,generally,i,i find,i have,is not,less,likely,might,more,no one,nobody,our,\
         people,progress,risk,risks,thing,things,value,we",
    ),
];
