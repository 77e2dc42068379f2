extension BundledSample {
    /// Data, training, languages and modalities.
    static let training = """
        TinyStories: How Small Can Language Models Be and Still Speak Coherent English? (2023)

        Could a tiny network write a proper story if it only had to know the words of a toddler? The authors let
        OpenAI's GPT models invent a large collection of very short tales in the vocabulary of three- and
        four-year-olds, and train models of a few million parameters on it, some with just one transformer layer. These
        produce several paragraphs of fluent, mostly consistent English, which general corpora do not achieve with
        models ten times larger. For grading, GPT-4 plays the teacher and marks grammar, creativity and consistency
        separately. Such toy models are also easier to interpret.

        CodeGen2: Lessons for Training LLMs on Programming and Natural Languages (2023)

        After their first code models, the makers of CodeGen looked for one recipe that does everything: a single
        architecture for understanding and for writing programs, one training objective, the ability to fill a gap in
        the middle of a file, and one data mixture of source code and prose. They report openly which hopes failed. A
        prefix model showed no clear advantage over a plain causal decoder, infilling was not free, and mixing both
        kinds of data pays off when the compute budget is fixed. A simple blend of causal prediction and span corruption
        is recommended, with models from one to sixteen billion parameters.

        SELF-GUIDE: Better Task-Specific Instruction Following via Self-Synthetic Finetuning (2024)

        No labelled data and no stronger teacher at hand? SELF-GUIDE lets a model produce its own training set for one
        task. From an instruction and a handful of examples, the student writes new inputs, filters them, then answers
        them, filters again, and is finally fine-tuned on the surviving pairs. Settings such as temperature are tuned so
        that the synthetic data stays varied but clean. On classification and generation tasks from Natural Instructions
        the result clearly follows instructions better than prompting the same model, so much of the missing skill was
        there already and only had to be brought out.

        An Empirical Comparison of Vocabulary Expansion and Initialization Approaches for Language Models (2024)

        A tokenizer made for English cuts Hindi or Tamil words into crumbs. Adding new tokens to the vocabulary repairs
        this, but where should their embeddings start? The paper proves that a good start lies within the convex hull of
        the existing ones, as this leaves the model's behaviour on the old language unharmed, and proposes Constrained
        Word2Vec, which learns such combinations without any bilingual dictionary. Compared on RoBERTa and LLaMA 2 over
        several languages, it is on a par with elaborate schemes; so is plain sampling around the mean of old
        embeddings, once continued pre-training has gone on for a while.

        Large Concept Models: Language Modeling in a Sentence Representation Space (2024)

        Suppose a model thought in sentences rather than in tokens. This work encodes each sentence as one vector in
        SONAR, an embedding space shared by two hundred languages and by speech, and trains a transformer to predict the
        vector of the following sentence, which a decoder then puts into words. How to predict in a continuous space is
        the main question: simple regression, several kinds of diffusion, and quantized codes are tried, with diffusion
        in the lead. The larger model is tested on summaries and on expanding a summary into a longer text, and carries
        over to languages it was never trained on.

        Investigating the Impact of Model Complexity in Large Language Models (2024)

        Theory asks how large a pretrained model should be if only a small head is tuned on top of it while everything
        below is frozen. The analysis assumes that text comes from a hidden Markov model and works out the risk of the
        downstream regression as the model's number of states grows. The risk first rises and then falls again, a case
        of double descent; strangely, the initial fall has vanished, so that the best trade between bias and variance
        among small models would be no model at all. Simulations with synthetic sequences agree with the formulas about
        generalization.

        Scaling Speech-Text Pre-training with Synthetic Interleaved Data (2024)

        Spoken conversation models suffer from a shortage of speech data, whereas text is plentiful. The remedy here is
        to make mixed sequences artificially: spans of ordinary text are replaced by the speech tokens that a small
        network predicts for them, without ever producing sound, so hundreds of billions of interleaved tokens can be
        had from text alone. The speech tokenizer comes from a recogniser with a quantization bottleneck, which keeps
        meaning at a dozen tokens a second. A language model pre-trained on this mixture answers spoken questions far
        better than earlier ones, and after tuning on dialogues becomes a voice chatbot.

        AutoTimes: Autoregressive Time Series Forecasters via Large Language Models (2024)

        Forecasting a time series resembles predicting the next word, so why not let a language model do it in its
        native way? AutoTimes cuts the series into segments, maps each into the token space of a frozen decoder with a
        small trained layer, and generates the following segments one after another for any horizon. Written dates are
        embedded as positions, which helps to line up several variables, and related series placed in front of the input
        act as examples in context. Hardly any parameters are trained, it works with various backbones, and improves as
        these grow, at several times the speed of rival forecasters.

        Tele-LLMs: A Series of Specialized Large Language Models for Telecommunications (2024)

        General models know too little about radio standards, signal processing and the mathematics that telecom
        engineers use. The authors therefore collected a corpus of papers, standards, web pages and code from this
        field, built a set of questions and answers to test knowledge of it, and adapted open models between one and
        eight billion parameters. Along the way they examine practical choices: whether adapters are sufficient or all
        weights must be trained, how model size matters, and how to keep general abilities from being forgotten. The
        resulting Tele-LLMs surpass their parents on telecommunications questions without losing other skills.

        An Empirical Study of NetOps Capability of Pre-Trained Large Language Models (2023)

        Can language models take over work in network operations, where staff configure routers and chase faults? To
        find out, the authors put thousands of exam-style questions about NetOps, in more than one language, to
        twenty-six public models from small to large. GPT-4 alone would pass the certification for human experts; LLaMA
        2 shows promise for an open model. The study also looks at what moves the scores: more parameters, examples in
        the prompt, reasoning step by step, retrieved documentation, and tuning on domain text. Operators learn which of
        these investments are worthwhile before they automate.

        In-Context Language Learning: Architectures and Algorithms (2024)

        In-context learning is often studied with linear regression, which is a long way from language. A better model
        problem is proposed here: the prompt shows strings from an unknown regular language, drawn from a random finite
        automaton, and the network must write further strings of it. Transformers solve this with less data than
        recurrent, convolutional and state-space rivals. Looking inside, one finds attention heads that count which
        symbol followed the last few symbols before, a generalisation of induction heads to n-grams. When such heads are
        built by hand into other architectures, those improve too, even in ordinary language modelling.

        Large Language Models as Data Preprocessors (2023)

        Before tables can be mined, somebody has to clean them. The paper examines how well Vicuna and OpenAI's GPT
        models do this chore: detecting errors, filling in missing cells, deciding whether two columns have the same
        meaning, and deciding whether two records describe the same thing. A framework of prompts is put together from
        instructions, examples, step-by-step reasoning, several rows in one request, and a choice of features. On a
        dozen datasets the strongest model reaches perfect scores several times. Price and speed remain the obstacles to
        data preprocessing with large language models at scale.

        LML: Language Model Learning a Dataset for Data-Augmented Prediction (2024)

        Rather than fitting a classifier, show the data to a language model and let it decide as a person would after
        browsing a table. First the training rows are summarised: which values of which features speak for each label.
        For a new case the system writes a query by itself, retrieves similar rows from the dataset, and asks the model
        to classify with summary and rows in view, acting as a machine learning model that explains its steps. The
        explanation can be read and checked. On some tabular test cases the accuracy passes ninety percent with no
        feature engineering.
        """
}
