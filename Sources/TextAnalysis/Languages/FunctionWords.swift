/// The commonest words of languages, those that sentences are held together by.
///
/// They say nothing about a text's subject: they are stop words. Those of the Latin script tell a text's language
/// (``LanguageEvidence``).
enum FunctionWords {
    /// The languages that are told from their words, all of the Latin script.
    static let languages: [Language] = [
        .english, .german, .french, .spanish, .portuguese, .italian, .dutch, .swedish, .danish, .norwegian, .finnish,
        .hungarian, .romanian, .turkish, .indonesian, .catalan,
    ]

    /// The words of a language, case folded; empty if this module has no list.
    static func list(for language: Language) -> [String] {
        caseFolded(lists[language] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static let lists: [Language: String] = [
        .english: """
        the of and to in a is that for with we this are on by as be from an it which our can at have has not these
        or their its was were using such than also both been show but
        """,
        .german: """
        der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
        mehr durch man sein wurde wir diese dieser dieses unter eines kann können
        """,
        .french: """
        le la les de des du un une et à en que qui dans pour sur par est au aux pas ce cette ces il elle se sont avec
        plus ne ou nous on son sa ses être mais comme leur leurs entre ont été d'un d'une l'on afin dont deux aussi
        """,
        .spanish: """
        el la los las de del un una y a en que para por con se su sus es son al como más este esta estos estas lo no
        o ha han sobre entre fue ser pero también sin muy donde desde hasta
        """,
        .portuguese: """
        o a os as de do da dos das um uma e em que para por com se seu sua é são ao aos à no na nos nas como mais
        este esta não ou foi ser mas também pelo pela entre sobre sem
        """,
        .italian: """
        il lo la i gli le di del della dei delle dello degli un una e in che per con su si da dal dalla è sono al
        alla ai nel nella nei nelle come più non o questo questa anche ha sul sulla tra essere ma
        """,
        .dutch: """
        de het een van en in is dat op te voor met zijn die niet aan er om ook als bij door naar uit wordt worden
        kan maar dan over deze dit hun tot heeft wij we nog wel geen was
        """,
        .swedish: """
        och att i det som en på är av för med den till inte om ett har de från vi kan eller så men ut var sig när
        vid mot även detta dessa än också genom
        """,
        .danish: """
        og at i det en den til er som på de med af for ikke der et har fra vi kan eller om men også ved så var sig
        denne dette disse hvor når blev bliver mellem
        """,
        .norwegian: """
        og å i det en den til er som på de med av for ikke et har fra vi kan eller om men også ved så var seg denne
        dette disse hvor når ble blir mellom
        """,
        .finnish: """
        ja on ei että se oli tai kun ovat myös mutta kuin hän ne sen jos niin ole joka jotka tämä tässä tämän mukaan
        sekä voi sitä olla voidaan näiden
        """,
        .hungarian: """
        a az és hogy nem egy is ez meg van de csak mint azt már vagy el ha ezt volt még minden lehet egyes között
        ennek amely amelyek valamint illetve szerint
        """,
        .romanian: """
        și de a în la cu care pe un o din să nu este pentru că sau mai sunt al ale ca prin fi fost între după această
        acest acestei lui
        """,
        .turkish: """
        ve bir bu için ile da de olarak olan daha en gibi çok ne kadar sonra ise ya veya hem o göre üzerinde olduğu
        arasında tarafından
        """,
        .indonesian: """
        dan yang di untuk dengan dari ini pada dalam adalah tidak akan ke oleh itu atau sebagai dapat juga telah
        bahwa lebih karena antara secara tersebut
        """,
        .catalan: """
        el la els les de del dels un una i a en que per amb es és són al als com més aquest aquesta aquests no o ha
        han sobre entre va ser però també sense molt on des fins
        """,
        .russian: """
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было от меня
        еще ещё нет о из ему для или при это этот эта эти этого этой этих их мы быть был была были чем также между
        который которая которые которых
        """,
        .greek: """
        ο η οι και το της την του των τα με για από σε να είναι που στο στη στην στον στα τους τις ότι δεν θα μια ένα ως
        ή αν κατά αυτό αυτή αυτά μας
        """,
    ]
}
