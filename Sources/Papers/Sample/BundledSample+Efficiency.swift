extension BundledSample {
    /// Long inputs, memory, and models that run or are trained with limited means.
    static let efficiency = """
        InfLLM: Unveiling the Intrinsic Capacity of LLMs for Understanding Extremely Long Sequences with Training-Free
        Memory (2024)

        A model trained on a few thousand tokens stumbles when an agent or a chat streams far longer input into it.
        InfLLM gives such a model a long memory and needs no further training. Recent tokens stay in a sliding attention
        window; the distant past is cut into blocks that are kept in an external context memory, mostly off the graphics
        card. For each step of computation, only the few blocks that matter to the current tokens are looked up and
        attended to, so that long-range dependencies survive in sequences of up to a million tokens while cost and
        memory stay modest.

        SirLLM: Streaming Infinite Retentive LLM (2024)

        A streaming conversation soon grows longer than any sequence seen in training; which of the past tokens deserve
        a place in memory? SirLLM scores every token by its entropy, that is, by how surprising it was to the model, and
        keeps the key-value entries of surprising ones while the rest fade under a decay factor. So a chatbot holds on
        to names, wishes and facts from the distant past over a very long dialogue, with a bounded cache and no further
        training. Three home-made tasks test this long-term memory: daily conversations, a shopping list that must be
        recalled later, and games of rock, paper, scissors against an opponent whose habits can be learned.

        Unleashing Infinite-Length Input Capacity for Large-scale Language Models with Self-Controlled Memory System
        (2023)

        Here an ordinary chat model receives input of unlimited length, with no change to its weights, because a memory
        system around it decides what it sees. Everything that has happened is written into a stream of memories. At
        each turn a controller judges whether older memories are needed, fetches the relevant ones from the archive,
        shortens them if necessary, and places them beside the recent turns in the prompt. With this long-term and
        short-term memory a model of limited context window can hold lengthy dialogues, summarise whole books and long
        meetings, and still answer about details from far back.

        Advancing Transformer Architecture in Long-Context Large Language Models: A Comprehensive Survey (2023)

        Transformers learn on short passages and are then asked to read whole books. This survey maps the architectural
        changes that help language models with long context, from pre-training to inference. Attention can be made
        local, hierarchical, sparse or approximately linear; memory can be added, as recurrent states or as an external
        store from which earlier tokens are retrieved; position encodings can be changed so that they extrapolate to
        sequences longer than any seen before; and the context itself can be split or compressed. Benchmarks, metrics
        and baseline models for long input, and libraries that make attention faster, complete the picture.

        M4LE: A Multi-Ability Multi-Range Multi-Task Multi-Domain Long-Context Evaluation Benchmark for Large Language
        Models (2023)

        How well do language models really use a long context? M4LE is a benchmark built to find out. It takes three
        dozen existing datasets from many tasks and domains, and stretches their short examples to inputs between one
        and eight thousand tokens by mixing in other passages, so that the model must find one relevant span, or
        several, or understand the text as a whole, given either an explicit pointer or only a hint of meaning. Eleven
        models were examined. Their scores fall as sequences grow longer, most of all when several distant spans must be
        combined, in English and in Chinese.

        ThinK: Thinner Key Cache by Query-Driven Pruning (2024)

        During generation a transformer stores keys and values of all earlier tokens, and for long sequences this KV
        cache devours memory. Most remedies throw tokens away. ThinK instead makes every key thinner: it looks at the
        current query to learn which channels of the key vectors contribute little to attention and prunes those
        dimensions. The channels turn out to be very uneven in size, which is why much can go with hardly any loss of
        quality. On LLaMA and Mistral models in long-context tests it saves a fifth or more of cache memory, also on top
        of methods that evict tokens.

        HiP Attention: Sparse Sub-Quadratic Attention with Hierarchical Attention Pruning (2024)

        Attention over a long context costs time and memory that grow with the square of its length. HiP makes a
        pretrained model cheaper without retraining. For each query it searches a tree of key blocks, discards the weak
        branches at every level, and ends with the few positions where attention is strongest; the work grows only a
        little faster than the number of tokens, and the cache that is not needed can move to main memory. Unlike
        streaming methods with a fixed window, every distant token remains reachable. Very long sequences, of text or of
        images and video, thus fit on everyday graphics cards.

        LightSeq: Sequence Level Parallelism for Distributed Training of Long Context Transformers (2023)

        To train a transformer on long documents, one must spread their activations over many GPUs. Splitting by
        attention heads stops working once there are more devices than heads and sends a lot of traffic. LightSeq cuts
        the sequence itself into pieces, one per device, whatever the number of heads. While a device computes attention
        for its own chunk, it already fetches keys and values of the next, so that communication hides behind
        computation, and work is balanced for causal masks. A clever choice of checkpoints avoids recomputing attention
        in the backward pass. Sequences of hundreds of thousands of tokens become trainable, and faster than before.

        Dataset Decomposition: Faster LLM Training with Variable Sequence Length Curriculum (2024)

        Pre-training usually glues documents together and chops the result into chunks of one fixed length, which lets
        attention leak between unrelated texts and pays the full quadratic price for every step. The authors sort the
        corpus differently: each document is divided into pieces whose lengths are powers of two, every piece goes to
        the bucket of its length, and each batch is drawn from one bucket. A curriculum decides when short and when long
        sequences are seen. A model with a long context window can then be trained for about the price of a short one,
        and reaches the same accuracy in fewer GPU hours.

        LLM in a flash: Efficient Large Language Model Inference with Limited Memory (2023)

        What if a big model does not fit into the memory of a phone or laptop? This work shows how to run a large
        language model on a device with limited memory by leaving its weights on flash storage and loading only what the
        next token needs. Since activations in feed-forward layers are sparse, a small predictor says which neurons will
        fire; neurons used for the last few tokens are kept, and rows and columns that belong together are stored side
        by side so that flash is read in large pieces. Models twice the size of available DRAM then run many times
        faster than with plain loading.

        On-Device Language Models: A Comprehensive Review (2024)

        Running language models directly on phones, cars and other edge devices saves round trips to a server and keeps
        personal data local, yet such hardware has little memory, power and bandwidth. The review describes what makes
        on-device inference possible: compact architectures with shared parameters, compression by quantization, pruning
        and distillation, accelerators for mobile chips, and designs that divide work between edge and cloud. Examples
        from several phone makers show what already ships. Personalisation, multimodal input, learning after deployment,
        security and ethics come last, together with a list of questions that nobody has answered yet.

        LLM Inference Unveiled: Survey and Roofline Model Insights (2024)

        Why is generating text so slow on hardware that multiplies matrices so fast? This survey explains it with the
        roofline model, a simple chart of arithmetic against memory traffic. It shows that decoding one token at a time
        is bound by memory bandwidth, while reading the prompt is bound by computation, and uses the chart to judge what
        each technique for efficient inference can gain: quantization, pruning, distillation, early exit, mixture of
        experts, speculative decoding, better kernels and scheduling. A tool accompanies it that predicts speed and
        memory use of a given language model on a given device, layer by layer.

        Adaptive Draft-Verification for Efficient Large Language Model Decoding (2024)

        Token by token decoding leaves a large model waiting for memory most of the time. Speculative schemes let
        something cheap propose several tokens ahead and have the large model verify them at once. In this one, called
        ADED, the proposals come from a table of three-word statistics that approximates the model's own output and is
        updated while text is generated, so no second network has to be trained and the drafts adapt to the topic. A
        search that balances trying new continuations with reusing good ones builds the draft. The outcome is faster
        text generation of the same quality on several model families.

        One QuantLLM for ALL: Fine-tuning Quantized LLMs Once for Efficient Deployments (2024)

        Quantizing a language model to few bits saves memory, but each target device wants another mixture of bit
        widths, and repairing the loss by fine-tuning each time is expensive. The idea of once-for-all training, known
        from vision networks, helps here: a single supernet contains many quantized variants, and one fine-tuning run
        prepares all of them for deployment. Every bit width receives its own low-rank adapter, so that configurations
        do not disturb each other, and a scheduler without parameters makes sure that rarely drawn configurations
        receive their share of training. Afterwards one picks the subnet that fits a server or a laptop.

        GEB-1.3B: Open Lightweight Large Language Model (2024)

        GEB-1.3B is a compact bilingual model meant to run on an ordinary processor instead of a rack of accelerators.
        It has 1.3 billion parameters and read 550 billion tokens of Chinese and English text. The report tells which
        ingredients made training stable and fast, including rotary positions, attention with grouped queries and a
        fused attention kernel, and how ten million instruction examples and preference tuning were used to make it a
        helpful assistant. Against other models of its size it does well on exams in both languages, and it answers at a
        usable pace on a CPU even before quantization.

        FLM-101B: An Open LLM and How to Train It with $100K Budget (2023)

        Can a model with over a hundred billion parameters be trained for the price of a flat, a hundred thousand
        dollars? FLM-101B does it by growing: training starts with a much smaller network, which learns quickly and
        cheaply, and is enlarged twice while keeping what it knows, so that most tokens are processed at low cost. The
        team also argues that usual exams reward stored knowledge, and therefore adds a test inspired by human IQ
        questions, with made-up symbols, hidden rules, patterns and distracting material. Results come near those of far
        costlier open and closed models.
        """
}
