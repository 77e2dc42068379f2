extension BundledSample {
    /// Surveys and overviews of the field.
    static let surveys = """
        A Survey of Large Language Models (2023)

        A broad survey of large language models, for newcomers and specialists alike. It follows language modelling from
        counting n-grams, through recurrent networks and pre-trained encoders, to today's large transformers, and asks
        what changed along the way. Four stages give it its order: how a model is pre-trained, how instruction tuning
        and reinforcement learning from human feedback adapt it, how prompts put it to use, and how its abilities are
        tested. Lists of public checkpoints, corpora and libraries come with it, and the chapter on scaling laws
        explains why size brought skills that nobody had trained for.

        A Comprehensive Overview of Large Language Models (2023)

        A reference work rather than a story: the authors walk through dozens of well-known language models one by one
        and note for each the architecture, the training data, the objective and what it taught the field. Around this
        catalogue they explain the background a reader needs, such as tokenization, attention, positional encodings and
        parallel training, and then turn to fine-tuning, alignment, augmentation with tools, multimodal variants,
        benchmarks and efficiency. Tables with hyperparameters make it handy for engineers who want to compare published
        recipes side by side before starting a training run of their own.

        A Survey of GPT-3 Family Large Language Models Including ChatGPT and GPT-4 (2023)

        GPT-3 opened a line of commercial models that can do a new task after seeing a few examples in the prompt, and
        ChatGPT and GPT-4 made that line famous. The survey collects what independent studies found when they put these
        OpenAI systems to work: question answering, translation, medicine, law, finance, education and code. It also
        covers their use as labellers that annotate or augment data for smaller models, as graders of other systems, and
        their weak spots, among them brittle robustness and uneven quality outside English. Readers get the basics of
        transformers and pretraining first.

        Harnessing the Power of LLMs in Practice: A Survey on ChatGPT and Beyond (2023)

        When should one reach for a large generative model, and when does a small fine-tuned classifier do the job
        better? This guide answers from the viewpoint of somebody who has to ship. It compares decoder models in the
        manner of GPT with encoders in the manner of BERT, shows how the amount of labelled data decides between them,
        and sorts everyday NLP tasks into those that gain from scale and those that do not. Cost, latency, shortcuts
        learned from skewed data and trustworthiness are weighed as well. A family tree of language models, much
        reprinted since, illustrates it.

        ChatGPT Alternative Solutions: Large Language Models Survey (2024)

        ChatGPT drew public attention, but it is one chatbot among many. This literature survey introduces other large
        language models that can stand in for it, both proprietary and open, and describes how they differ in
        architecture, length of context, training corpora, tuning and published scores. The authors retell how the field
        grew out of earlier neural language models, summarise the techniques that most of these assistants now share,
        and close with unsolved problems such as hallucination, cost and misuse. It suits a reader who is choosing an
        alternative and wants an overview of generative AI.

        Achieving Peak Performance for Large Language Models: A Systematic Review (2024)

        Following the PRISMA protocol for systematic reviews, the authors screened nearly a thousand publications from
        several databases and kept 65 on one question: how to get the most speed out of large language models without
        giving up accuracy. They sort the answers into training, inference and system serving, and describe the
        frameworks that practitioners rely on, from distributed optimisers and mixed precision to quantization, pruning
        and better scheduling on accelerators. Two worked examples, one on cheaper training and one on faster inference,
        show how several optimizations combine on limited hardware.

        Beyond Efficiency: A Systematic Survey of Resource-Efficient Large Language Models (2024)

        Large models consume five scarce goods: computation, memory, energy, money and network bandwidth. This survey is
        arranged by which of them a technique saves. For each resource it looks across the whole life of a model, from
        designing its architecture through pretraining and fine-tuning to deployment, so that sparse attention, low-rank
        adapters, quantization, offloading and compressed gradients each find a place in one grid. It also proposes
        common metrics and test sets for efficiency, because papers report savings in ways that are hard to compare, and
        names gaps where greener training is still unexplored.

        Domain Specialization as the Key to Make Large Language Models Disruptive: A Comprehensive Survey (2023)

        A general assistant knows a bit of everything, while a hospital, a bank or a court needs depth, the right jargon
        and respect for its own constraints. The survey asks how a language model becomes a specialist and orders the
        answers by how much access one has to it: a black box can only be surrounded with retrieved knowledge and tools,
        a grey box can be steered through carefully made prompts, and a white box can be fine-tuned with domain text. A
        second half goes field by field, from biomedicine and law to finance, education and engineering.

        Datasets for Large Language Models: A Comprehensive Survey (2024)

        Behind each language model stands a pile of text, and this survey takes inventory of it. Corpora for
        pre-training, instruction collections for fine-tuning, preference data for alignment, benchmarks for evaluation
        and the older NLP datasets are treated in five chapters. More than four hundred resources are described by size,
        language, domain, licence and the way they were built, which makes the tables a good starting point for anyone
        hunting for training data. Discussions of filtering, deduplication, the balance between sources and the shortage
        of languages other than English point to what is still missing.

        A Comprehensive Survey of Small Language Models in the Era of Large Language Models: Techniques, Enhancements,
        Applications, Collaboration with LLMs, and Trustworthiness (2024)

        Small language models run on a phone or one graphics card, answer fast, keep private data at home and are cheap
        to adapt, so many products prefer them to giant ones. This survey defines what counts as small, then explains
        how such models are made: trained from scratch, distilled from a larger teacher, pruned or quantized. Further
        chapters describe how to improve them, their use in specialised domains such as health care and law, cooperation
        in which a little model handles easy requests and calls a big one for hard requests, and how trustworthy they
        are.

        Aligning Large Language Models with Human: A Survey (2023)

        Raw pretrained models continue text; people want help that is honest, harmless and to the point. This survey
        gathers the techniques that close the distance between the two. It begins with the data: instructions taken from
        older benchmarks, written by annotators or produced by stronger models. Then come the training methods,
        supervised fine-tuning and learning from human preferences, both with reinforcement learning and with simpler
        ranking losses that work offline, plus adapters that keep the cost low. The last part reviews how alignment is
        measured, from fixed benchmarks to human and automatic judges.

        A Survey on Large Language Models with Multilingualism: Recent Advances and New Frontiers (2024)

        English dominates the web and therefore the training data, so speakers of other languages often get weaker
        answers, cost more tokens and meet unsafe output more often. The survey reviews what researchers do about it:
        multilingual pre-training, balancing corpora, continued training for a target language, prompts that translate
        or reason through English, and transfer across languages. Separate chapters look at jailbreaks in low-resource
        languages, at culture and specialised domains, and at which multilingual datasets and benchmarks exist. It
        argues that fairness between languages should be a goal of model builders from the start.

        Continual Learning of Large Language Models: A Comprehensive Survey (2024)

        The world moves on after a model has been trained, and teaching it new facts or skills tends to erase old ones,
        which is called catastrophic forgetting. This survey carries the ideas of continual and lifelong learning over
        to language models. It separates two directions: vertically, going from general ability to a narrow domain or
        task, and horizontally, keeping pace as time passes and domains shift. Continual pre-training, domain-adaptive
        training and continual fine-tuning are each examined with their replay, regularisation and architecture tricks,
        followed by the evaluation protocols and datasets used to measure what was forgotten.

        Fairness Definitions in Language Models Explained (2024)

        Two papers may both claim that a language model is fair and mean different things. To sort out the confusion,
        this survey lists the notions of fairness in use and says precisely how each is defined and tested. Medium-sized
        models that are fine-tuned, such as BERT, call for one group of definitions, based on embeddings or on
        predictions; large prompted models call for another, since one sees only their output. Small experiments show
        every definition at work on social bias about gender or race, so that a reader can tell which metric fits a
        given application.

        A Review of Multi-Modal Large Language and Vision Models (2024)

        Models that once handled only text now look at pictures, watch video and listen to sound. The review tells how
        this came about: transformers and attention, the GPT and BERT families, and then the bridges that connect a
        vision or audio encoder to a language model so that it can caption images, answer questions about them or steer
        text-to-video generation. Fine-tuning and prompt engineering for such multimodal systems are explained, and the
        final part talks about ethics, biased data, misuse, and what is gained or lost when model weights are released
        openly.

        A Survey on Mixture of Experts (2024)

        A mixture-of-experts layer holds many feed-forward networks and lets a small router choose a few of them for
        each token, so a model can own far more parameters than it uses at any step. The survey explains this layer and
        then orders the literature: gating functions, the design and granularity of experts, load balancing, how dense
        checkpoints are turned into sparse ones, and the systems side, where experts spread over devices need careful
        communication. It compares the settings of open models, lists available code, and visits applications in
        language, vision, recommendation and multimodal learning.
        """
}
