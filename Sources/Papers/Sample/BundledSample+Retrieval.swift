extension BundledSample {
    /// Retrieval, knowledge, embeddings and recommendation.
    static let retrieval = """
        Why do Nearest Neighbor Language Models Work? (2023)

        A kNN language model mixes its own guess for the next word with the words that followed similar contexts in a
        datastore, and it improves even when that datastore is merely its training set. The authors ask why. They vary
        one ingredient at a time and find three causes: the search key is taken from a different layer than the usual
        output, so that two views of the context are averaged; approximate nearest-neighbour search acts as a welcome
        regulariser; and the temperature of the softmax over neighbours matters a lot. Part of the gain can then be had
        by a changed output layer, without retrieval.

        RAG and RAU: A Survey on Retrieval-Augmented Language Model in Natural Language Processing (2024)

        Language models that look things up before they answer are the topic of this survey. It covers retrieval for
        generating text and retrieval for understanding it, under the names RAG and RAU. The reader learns how
        retrievers work, sparse, dense, through web search or hybrid; how retrieved passages enter a model, in its
        input, in its hidden layers or in its output distribution; and how retriever and generator are trained together.
        Applications range from open-domain question answering and dialogue to translation, summarisation and code.
        Evaluation has a chapter, as have robustness to noisy passages and the cost of searching.

        Augmenting LLMs with Knowledge: A survey on hallucination prevention (2023)

        Why do fluent systems state things that are not true, and can outside knowledge stop them? This survey treats
        hallucination prevention by augmentation: a language model keeps its usual task of predicting tokens but may
        consult a search engine, a knowledge base or another non-parametric memory while doing so. It describes models
        that retrieve passages during pre-training or only while answering, those that query structured tables and
        graphs, and those that issue web searches by themselves. Benefits such as citing sources and updating facts
        without retraining are weighed against slower answers and mistakes inherited from bad documents.

        Internet-augmented language models through few-shot prompting for open-domain question answering (2022)

        A few examples in the prompt are enough to teach a large model how to use the web. For each question the system
        runs a Google search, picks short paragraphs from the pages found, and shows them to the model in front of the
        question, with no training of any kind. Many answers are produced from different pieces of evidence, and the
        model's own probabilities rerank them. On open-domain question answering the factual accuracy beats that of much
        bigger closed-book models, and fresh facts are handled. The lesson: spending compute on search and reranking can
        replace parameters.

        CooK: Empowering General-Purpose Language Models with Modular and Collaborative Knowledge (2023)

        Instead of retraining one giant to know everything, let a community contribute small specialists. In CooK,
        compact language models are each trained on a corpus of one domain, such as medicine, news or social media, and
        act as plug-in stores of knowledge. When a general-purpose black-box model faces a question, the specialists
        write background paragraphs, and filters keep only those that are relevant, concise and supported by evidence.
        Either all of them are asked at once, or the general model itself requests help from a named domain. Adding a
        module updates what the system knows, for example about recent events.

        LLMs are Also Effective Embedding Models: An In-depth Overview (2024)

        Turning a generative decoder into a text encoder has become the shortest way to good vectors for semantic
        search. The survey compares the two families of methods. One uses a frozen model and clever prompts, asking for
        a single word that stands for the sentence and taking its hidden state. The other fine-tunes with contrastive
        pairs, often written by another model, and changes attention or pooling. Chapters on long documents, several
        languages, images and code, sparse against dense representations, size against speed, and what remains difficult
        for embedding models help an engineer decide which recipe suits a retrieval system.

        ULLME: A Unified Framework for Large Language Model Embeddings with Generation-Augmented Learning (2024)

        ULLME is an open-source toolkit that turns decoder-only language models into encoders of passages. Its users
        choose a backbone, switch causal attention to attention in both directions, select a pooling scheme, and
        fine-tune with contrastive learning, preference optimisation or a mixture. The authors add a training method of
        their own in which the model also generates text for a query: how probable it finds a passage as a continuation
        should agree with how close their embeddings are, so that the skill of generating improves the vectors. Three
        released models of different size do well on the MTEB collection of retrieval and similarity tasks.

        FIRST: Faster Improved Listwise Reranking with Single Token Decoding (2024)

        A listwise reranker reads a query with twenty candidate passages and writes out their order, identifier after
        identifier, which is slow. FIRST notices that the very first step of decoding already contains the answer: the
        scores given to all identifiers at that step rank the candidates, so one token suffices. To make these scores
        reliable, fine-tuning adds a learning-to-rank loss that cares more about the top of the list. Reranking time is
        cut in half on BEIR without worse quality. The reranker can also teach the first-stage retriever through
        relevance feedback while a query is answered, which improves recall.

        Sliding Windows Are Not the End: Exploring Full Ranking with Long-Context Large Language Models (2024)

        Because prompts used to be short, rerankers that compare many passages move a window over the list from the
        bottom to the top, and score the same good passages again and again. Models with long context can take all
        hundred passages at once. This study compares both ways. Without fine-tuning, reading everything is far cheaper
        but somewhat less accurate; after fine-tuning on complete rankings, it wins on both counts. Two tricks make the
        training work: labels for the entire list, built by sliding several times, and a loss that gives greater weight
        to passages that should be ranked high.

        Manipulating Large Language Models to Increase Product Visibility (2024)

        Shops may soon try to sweet-talk the assistants that recommend their goods. The authors show that a short string
        of odd tokens, inserted in a product's description and found by gradient search, can push this product to the
        first place of a language model's recommendations. Their test bed is a catalogue of invented coffee machines:
        one that was too expensive to be recommended otherwise, and one that generally came second. Both climb, even
        when the order of products in the prompt changes. What search engine optimisation did to web pages could
        therefore happen to answers of AI search, with consequences for fair competition.

        A Survey on Large Language Models for Recommendation (2023)

        How have language models entered recommender systems? The survey sees two schools. The discriminative one uses
        encoders like BERT to represent users and items and predicts clicks or ratings from these features after
        fine-tuning. The generative one turns the task itself into language: a prompt describes what somebody has bought
        or watched, and the model writes the next suggestion, an explanation or a ranking, either without training or
        after instruction tuning. Work of both schools is laid out by how models are adapted, and recurring troubles are
        named, among them popularity bias, position bias, long histories, and evaluation that follows no common rule.

        HLLM: Enhancing Sequential Recommendations via Hierarchical Large Language Models for Item and User Modeling
        (2024)

        HLLM recommends the next item with two language models, one on top of the other. The lower one reads title and
        description of an item and condenses them into a single vector. The upper one takes a user's history as a
        sequence of such vectors and predicts what comes next, so it never has to read all the texts again. Experiments
        answer three questions about recommendation: pretrained weights do help, fine-tuning is necessary, and quality
        keeps growing up to seven billion parameters. It beats recommenders based on item ids on public book and image
        data and in an online test with real traffic.

        Rethinking Large Language Model Architectures for Sequential Recommendations (2024)

        Recommenders built on language models often spell out the next product word by word with beam search, and so are
        too slow for production. Lite-LLM4Rec removes what is not needed. A simple projection from the hidden state
        scores all items directly, since beam search turned out to bring nothing for sequential recommendation. And a
        hierarchy shortens the input: a first model compresses the text of every item, a second one reads the compressed
        items of the history. On public data sets of purchases and films accuracy rises considerably and inference time
        nearly vanishes compared with earlier generative approaches.

        Molar: Multimodal LLMs with Collaborative Filtering Alignment for Enhanced Sequential Recommendation (2024)

        What people click next depends on what things look like and on what similar people chose, not just on text.
        Molar lets a multimodal language model read an item's pictures together with its words and turn both into one
        representation. Collaborative filtering by item ids, which such models usually lose, comes back at a later
        stage: a contrastive objective aligns the user vector derived from content with the one learned by a classical
        id-based recommender. Thus semantics and behaviour meet without one drowning the other, and the ranking of the
        next item in a user's sequence becomes more accurate on several data sets.

        Doing More with Less -- Implementing Routing Strategies in Large Language Model-Based Systems: An Extended
        Survey (2025)

        Sending each request to the largest model wastes money and energy when a smaller one would do. Routing means
        choosing, for every query, the component that answers it well enough at the lowest cost: a cheap or an expensive
        language model, an expert for one topic, a retrieval strategy, an embedding. The survey states the problem
        formally, with budgets and quality as its two sides, and orders known strategies by when the choice is made,
        before an answer is generated or after a cheap attempt, and by the signal that it relies on, such as similarity,
        a classifier or confidence. Practice in industry is compared too.
        """
}
